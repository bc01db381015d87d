//===- LinkTest.cpp - names, assembly and linker tables -------------------===//

#include "TestProgram.h"
#include "gmock/gmock.h"

using namespace bootorder;
using namespace bootorder::test;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

const ProgramFunction &only(const Program &P, llvm::StringRef Name) {
  auto Found = P.functionsNamed(Name);
  EXPECT_THAT(Found, SizeIs(1)) << Name.str();
  return P[Found.front()];
}

TEST(Link, StrongBeatsWeakInAnyOrder) {
  for (bool IsReversed : {false, true}) {
    TestKernel K;
    TestUnit &A = K.unit("a.c"), &B = K.unit("b.c");
    A.function("f");
    A[A.symbol("f", SymbolKind::Function)].IsWeak = true;
    B.function("f");
    Program P = K.link(IsReversed);
    EXPECT_EQ(only(P, "f").File, "b.c");
    EXPECT_THAT(P.Ledger.Duplicates, SizeIs(0));
  }
}

TEST(Link, FirstOfTwoStrongIsKeptAndReported) {
  for (bool IsReversed : {false, true}) {
    TestKernel K;
    K.unit("b.c").function("f");
    K.unit("a.c").function("f");
    Program P = K.link(IsReversed);
    EXPECT_EQ(only(P, "f").File, "a.c");
    EXPECT_THAT(P.Ledger.Duplicates, ElementsAre("f"));
  }
}

TEST(Link, StaticsOfOneNameAreTwo) {
  TestKernel K;
  K.unit("a.c").function("f", LinkageKind::Internal);
  K.unit("b.c").function("f", LinkageKind::Internal);
  EXPECT_THAT(K.link().functionsNamed("f"), SizeIs(2));
}

TEST(Link, HeaderFunctionIsOneFunction) {
  TestKernel K;
  K.unit("a.c").function("inline_f", LinkageKind::Header);
  K.unit("b.c").function("inline_f", LinkageKind::Header);
  Program P = K.link();
  EXPECT_TRUE(only(P, "inline_f").IsHeader);
  EXPECT_THAT(P.Ledger.MissingHeaderKeys, SizeIs(0));
}

TEST(Link, ListsHeaderFunctionsWithoutFacts) {
  TestKernel K;
  TestUnit &U = K.unit("a.c");
  U.symbol("inline_f", SymbolKind::Function, LinkageKind::Header);
  U.function("f").call("inline_f");
  EXPECT_THAT(K.link().Ledger.MissingHeaderKeys, SizeIs(1));
}

TEST(Link, GnuInlineDefinesNothing) {
  TestKernel K;
  TestUnit &A = K.unit("a.c");
  A.function("f");
  A[A.symbol("f", SymbolKind::Function)].IsGnuInline = true;
  K.unit("b.c").function("f");
  EXPECT_EQ(only(K.link(), "f").File, "b.c");
}

TEST(Link, AliasStandsForItsTarget) {
  TestKernel K;
  TestUnit &U = K.unit("a.c");
  U.function("target", LinkageKind::Internal);
  U.alias("other", "target");
  K.unit("b.c").function("caller").call("other");
  Program P = K.link();
  EXPECT_EQ(P.functionsNamed("other").back(), P.functionsNamed("target")[0]);
  EXPECT_EQ(P.References[P.functionsNamed("target")[0].Value].DirectCalls, 1u);
}

TEST(Link, PrefixRenamesTheUnit) {
  TestKernel K;
  K.Prefixes["pi.c"] = "__pi_";
  K.unit("a.c").function("f");
  K.unit("pi.c").function("f").call("g");
  Program P = K.link();
  EXPECT_EQ(only(P, "f").File, "a.c");
  EXPECT_EQ(only(P, "__pi_f").File, "pi.c");
  EXPECT_EQ(only(P, "__pi_g").Body, nullptr);
}

TEST(Link, AssemblyDefinesAndCalls) {
  TestKernel K;
  K.unit("a.c").function("c_code");
  TestUnit &S = K.unit("head.S");
  AsmText &Text = S.assembly();
  using Kind = AsmItemKind;
  Text.Items = {S.item(Kind::Global, "entry"),
                S.item(Kind::Define, "entry"),
                S.item(Kind::Call, "inner", "", "entry"),
                S.item(Kind::Define, "inner"),
                S.item(Kind::Call, "c_code", "", "inner"),
                S.item(Kind::Data, "c_code", "__ex_table", "inner")};
  Program P = K.link();
  EXPECT_TRUE(only(P, "entry").IsAssembly);
  ASSERT_THAT(only(P, "entry").AsmBody, SizeIs(1));
  EXPECT_EQ(only(P, "entry").AsmBody[0].Function, P.functionsNamed("inner")[0]);
  ASSERT_THAT(only(P, "inner").AsmBody, SizeIs(1));
  EXPECT_EQ(only(P, "inner").AsmBody[0].Function,
            P.functionsNamed("c_code")[0]);
}

TEST(Link, TablesHoldObjectsAndAssemblyWords) {
  TestKernel K;
  LinkerTable Setup, Initcall;
  Setup.Name = "setup";
  Setup.Record = "param";
  Setup.Callbacks = {"ops.set"};
  Setup.SplitField = "early";
  Setup.SplitKeys = {{1, "early"}};
  llvm::cantFail(setSectionPattern(Setup, "\\.init\\.setup"));
  Initcall.Name = "initcall";
  Initcall.KeyTemplate = "{level}";
  llvm::cantFail(
      setSectionPattern(Initcall, "\\.initcall(?P<level>[0-7])\\.init"));
  K.Rules.Tables = {Setup, Initcall};
  TestUnit &U = K.unit("a.c");
  U.object("ops");
  U.init("param_ops", "set", "set_it").init("param_ops", "show", "show_it");
  U.object("p", ".init.setup");
  U.initConstant("param", "early", 1).init("param", "ops", "&ops");
  U.function("start_it", LinkageKind::Internal);
  AsmText &Text = U.assembly("core_initcall");
  Text.Items = {U.item(AsmItemKind::Data, "start_it", ".initcall1.init")};
  Program P = K.link();
  ASSERT_THAT(P.TableEntries, SizeIs(2));
  EXPECT_EQ(P.TableEntries[0].Key, "early");
  EXPECT_THAT(P.TableEntries[0].Callbacks,
              ElementsAre(P.functionsNamed("set_it")[0]));
  EXPECT_EQ(P.TableEntries[1].Key, "1");
  EXPECT_THAT(P.TableEntries[1].Callbacks,
              ElementsAre(P.functionsNamed("start_it")[0]));
}

TEST(Link, AFieldSharesStorageIfAnyUnitSaysSo) {
  TestKernel K;
  K.unit("a.c").B.field("value", "pointer");
  K.unit("b.c").B.field("value", "pointer", /*IsInUnion=*/true);
  K.unit("c.c").B.field("value", "other");
  Program P = K.link();
  ASSERT_THAT(P.Fields, SizeIs(2));
  EXPECT_TRUE(P.Fields[0].IsInUnion);
  EXPECT_FALSE(P.Fields[1].IsInUnion);
}

/// Adds `.data = Condition ? First : Second` to the last object of \p U.
void initChoice(TestUnit &U, llvm::StringRef Condition, llvm::StringRef First,
                llvm::StringRef Second) {
  U.init("match", "data", Condition);
  Object &O = U.B.Module.Objects.back();
  for (llvm::StringRef Name : {First, Second}) {
    Expr Arm = O.Exprs.Nodes.back();
    Arm.Value = U.symbol(Name, SymbolKind::Function).Value;
    O.Exprs.Nodes.push_back(Arm);
  }
  Expr Choice;
  Choice.Kind = ExprKind::Conditional;
  Choice.Operands = {0, 3};
  O.Exprs.Operands = {ExprId(0), ExprId(1), ExprId(2)};
  O.Exprs.Nodes.push_back(Choice);
  O.Initial.back().Value = ExprId(3);
}

TEST(Link, CallbacksAreBothArmsOfAChoiceAndNotItsCondition) {
  TestKernel K;
  LinkerTable Table;
  Table.Name = "irqchip";
  Table.Record = "match";
  Table.Callbacks = {"data"};
  llvm::cantFail(setSectionPattern(Table, "__irqchip_of_table"));
  K.Rules.Tables = {Table};
  TestUnit &U = K.unit("a.c");
  U.object("entry", "__irqchip_of_table");
  initChoice(U, "asked", "one", "other");
  Program P = K.link();
  ASSERT_THAT(P.TableEntries, SizeIs(1));
  EXPECT_THAT(
      P.TableEntries[0].Callbacks,
      ElementsAre(P.functionsNamed("one")[0], P.functionsNamed("other")[0]));
}

} // namespace
