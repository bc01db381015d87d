#include "model/FactsPrinter.h"
#include "StoreSample.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

template <typename FactsT> std::string print(const FactsT &Facts) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printFacts(Facts, OS);
  return Text;
}

/// The sample's function, its last expression replaced by \p E with \p
/// Operands.
std::string printOne(Expr E, std::vector<uint32_t> Operands = {}) {
  TuFacts Facts = sampleUnit();
  Function &F = Facts.Module.Functions[0];
  E.Operands = {uint32_t(F.Exprs.Operands.size()), uint32_t(Operands.size())};
  for (uint32_t O : Operands)
    F.Exprs.Operands.push_back(ExprId(O));
  F.Exprs.Nodes.push_back(E);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  ExprScope Scope{Facts.Module, F.Exprs, &F};
  printExpr(Scope, ExprId(F.Exprs.Nodes.size() - 1), OS);
  return Text;
}

std::string printConstant(int64_t Value, uint8_t Bits, bool IsSigned,
                          bool IsPointer = false) {
  Expr E;
  E.Kind = ExprKind::Constant;
  E.Value = Value;
  E.Bits = Bits;
  E.IsSigned = IsSigned;
  E.IsPointer = IsPointer;
  return printOne(E);
}

std::string printNode(ExprKind Kind, std::vector<uint32_t> Operands,
                      uint8_t Op = 0, int64_t Value = 0) {
  Expr E;
  E.Kind = Kind;
  E.Op = Op;
  E.Value = Value;
  E.Bits = 32;
  return printOne(E, Operands);
}

TEST(FactsPrinter, UnitWithNotes) {
  EXPECT_THAT(print(sampleUnit()),
              StartsWith("assembly unit init/main.c -> init/main.o\n"
                         "note init/main.c:7:9: error: unknown operand\n"
                         "note: note\n"
                         "functions without a flow graph: 2\n"
                         "function start_kernel: "));
}

TEST(FactsPrinter, FunctionLine) {
  EXPECT_THAT(print(sampleUnit()),
              HasSubstr("function start_kernel: page * (gfp_t, file, ...) at "
                        "init/main.c:20:21-40 in .init.text [header "
                        "123456789abcdef0, weak, noreturn, builtin, gnu "
                        "inline, inline, flow lost]\n"
                        "  local p.0: bool\n"
                        "  local q.1: e memory\n"
                        "  b0:\n"));
}

TEST(FactsPrinter, Events) {
  EXPECT_THAT(
      print(sampleUnit()),
      HasSubstr(
          "    e0 a.h:30:31 call (*counter.init_IRQ)(counter.init_IRQ, p1, "
          "counter.init_IRQ || p1) [field machdep_calls.init_IRQ] [macro inner "
          "< outer]\n"
          "    e1 nowhere define p.0 = join(e1, p1, ENOMEM=-5)\n"
          "    e2 nowhere write q.1[p1] = ENOMEM=-5 bytes at p1\n"
          "    if (!join(e1, p1, ENOMEM=-5)) b1 else b0 [macro inner < outer]\n"
          "    noreturn\n"
          "  b1:\n"
          "    e3 nowhere asm volatile goto \"call %P0\" (&counter.init_IRQ, "
          "counter.init_IRQ) memory names alias a = t in .s, call b\n"
          "    e4 nowhere return (ptr)!join(e1, p1, ENOMEM=-5)\n"
          "    switch (counter.init_IRQ || p1) case -7..1099511627776: b1 "
          "[macro outer]\n"));
}

TEST(FactsPrinter, EventsOfTheFunctionsOwnFile) {
  TuFacts Facts = sampleUnit();
  Function &F = Facts.Module.Functions[0];
  F.Events[4].Loc = {F.Loc.File, 12, 5};
  EXPECT_THAT(print(Facts), HasSubstr("    e4 12:5 return (ptr)"));
}

TEST(FactsPrinter, CallsByKind) {
  TuFacts Facts = sampleUnit();
  Event &E = Facts.Module.Functions[0].Events[0];
  E.Target = ExprId(1);
  E.Args = {};
  E.Macro = MacroId();
  const std::pair<CallKind, const char *> Cases[] = {
      {CallKind::Direct, " call start_kernel()\n"},
      {CallKind::Cleanup, " cleanup start_kernel()\n"},
      {CallKind::AsmOperand, " asm-operand call start_kernel()\n"},
      {CallKind::AsmTemplate, " asm-template call start_kernel()\n"}};
  for (auto [Kind, Text] : Cases) {
    E.Call = Kind;
    EXPECT_THAT(print(Facts), HasSubstr(Text));
  }
}

TEST(FactsPrinter, WritesByKind) {
  TuFacts Facts = sampleUnit();
  Event &E = Facts.Module.Functions[0].Events[2];
  E.Target = ExprId(4);
  const std::pair<WriteKind, const char *> Cases[] = {
      {WriteKind::Store, "= p1"},
      {WriteKind::Record, "= record at p1"},
      {WriteKind::Copy, "= ENOMEM=-5 bytes at p1"},
      {WriteKind::Fill, "= ENOMEM=-5 bytes of p1"},
      {WriteKind::AsmOutput, "= asm output"},
      {WriteKind::Zero, "= zero"}};
  for (auto [Kind, Text] : Cases) {
    E.Write = Kind;
    EXPECT_THAT(print(Facts),
                HasSubstr(std::string(" write counter.init_IRQ ") + Text +
                          " [field machdep_calls.init_IRQ]\n"));
  }
}

TEST(FactsPrinter, OtherEvents) {
  TuFacts Facts = sampleUnit();
  Event &E = Facts.Module.Functions[0].Events[0];
  E.Kind = EventKind::AddressTaken;
  E.Target = ExprId(1);
  EXPECT_THAT(print(Facts), HasSubstr(" take &start_kernel [macro inner"));
  E.Kind = EventKind::MacroUse;
  EXPECT_THAT(print(Facts), HasSubstr(" use [macro inner < outer]\n"));
  E.Kind = EventKind::Return;
  EXPECT_THAT(print(Facts), HasSubstr("31 return [macro inner < outer]\n"));
}

TEST(FactsPrinter, EdgesByKind) {
  TuFacts Facts = sampleUnit();
  Function &F = Facts.Module.Functions[0];
  F.Blocks[0].Condition = ExprId();
  F.Blocks[0].ConditionMacro = MacroId();
  auto With = [&](EdgeKind A, EdgeKind B) {
    F.Edges[0].Kind = A;
    F.Edges[1].Kind = B;
    return print(Facts);
  };
  EXPECT_THAT(With(EdgeKind::Always, EdgeKind::AsmLabel),
              HasSubstr("    goto b1, asm-goto b0\n"));
  EXPECT_THAT(With(EdgeKind::Computed, EdgeKind::Computed),
              HasSubstr("    computed goto b1, b0\n"));
  F.Blocks[0].Condition = ExprId(7);
  EXPECT_THAT(With(EdgeKind::Case, EdgeKind::Default),
              HasSubstr("    switch (p1) case 0: b1, default: b0\n"));
}

TEST(FactsPrinter, ObjectWithPaths) {
  EXPECT_THAT(
      print(sampleUnit()),
      HasSubstr("object counter: initcall_t[] at e.c:50:51 in .machine.desc "
                "[local to start_kernel, number 4, const] [macro inner < "
                "outer]\n"
                "  .init_IRQ[3] = &start_kernel\n"
                "  [*] = &counter.init_IRQ\n"));
}

TEST(FactsPrinter, AssemblyAliasesAndKeys) {
  EXPECT_THAT(print(sampleUnit()),
              testing::EndsWith("asm at d.c:7:8 [macro inner < outer]\n"
                                "  11 alias a = t in .s, within w\n"
                                "  12 call b\n"
                                "alias start_kernel = other at c.c:5:6\n"
                                "uses header function 0000000000000003\n"
                                "uses header function fedcba9876543210\n"));
}

TEST(FactsPrinter, Declarations) {
  TuFacts Facts = sampleUnit();
  Facts.Module.Functions.clear();
  Facts.Module.Objects.clear();
  EXPECT_THAT(print(Facts),
              HasSubstr("extern function start_kernel: page * (gfp_t, file, "
                        "...) [header 123456789abcdef0, weak, noreturn, "
                        "builtin, gnu inline]\n"
                        "extern object counter [local to start_kernel, number "
                        "4]\n"));
}

TEST(FactsPrinter, HeaderFunction) {
  EXPECT_THAT(print(sampleHeader(7)),
              StartsWith("header function 0000000000000007\n"
                         "function start_kernel: "));
}

TEST(FactsPrinter, Constants) {
  EXPECT_EQ(printConstant(0, 32, true), "0");
  EXPECT_EQ(printConstant(-12, 32, true), "-12");
  EXPECT_EQ(printConstant(-12, 32, false), "0xfffffff4");
  EXPECT_EQ(printConstant(255, 8, false), "255");
  EXPECT_EQ(printConstant(0xcc0, 32, false), "0xcc0");
  EXPECT_EQ(printConstant(-1, 64, false), "0xffffffffffffffff");
  EXPECT_EQ(printConstant(0, 64, false, true), "null");
}

TEST(FactsPrinter, Expressions) {
  EXPECT_EQ(printNode(ExprKind::String, {}, 0, 0), "\"page\"");
  EXPECT_EQ(printNode(ExprKind::Load, {7}), "*p1");
  EXPECT_EQ(printNode(ExprKind::Load, {17}), "p0");
  EXPECT_EQ(printNode(ExprKind::Field, {7}), "&p1->init_IRQ");
  EXPECT_EQ(printNode(ExprKind::Field, {10}), "&q.1.init_IRQ");
  EXPECT_EQ(printNode(ExprKind::Element, {7, 11}), "&p1[e1]");
  EXPECT_EQ(printNode(ExprKind::Container, {7}),
            "container(p1, machdep_calls.init_IRQ)");
  EXPECT_EQ(printNode(ExprKind::Unary, {8}, 1), "~(counter.init_IRQ || p1)");
  EXPECT_EQ(printNode(ExprKind::Binary, {7, 8}, 7),
            "p1 & (counter.init_IRQ || p1)");
  EXPECT_EQ(printNode(ExprKind::Conditional, {7, 11, 9}),
            "p1 ? e1 : ((counter.init_IRQ || p1) ? ENOMEM=-5 : p1)");
  EXPECT_EQ(printNode(ExprKind::Cast, {7}), "(u32)p1");
  EXPECT_EQ(printNode(ExprKind::Join, {7, 11}), "join(p1, e1)");
  EXPECT_EQ(printNode(ExprKind::Unknown, {}, 1), "unknown(uninitialized)");
  EXPECT_EQ(printNode(ExprKind::Local, {}, 0, 1), "&q.1");
}

} // namespace
