//===- MoveCallTest.cpp - statements that change places -------------------===//

#include "model/MoveCall.h"
#include "TestTu.h"
#include "model/FactsCheck.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// What the events of a function do, in their order: `first()`, `x = `,
/// `write`.
std::vector<std::string> order(const FactsModule &Facts, const Function &Body) {
  std::vector<std::string> List;
  for (const Block &B : Body.Blocks)
    for (uint32_t I = 0; I < B.Events.Count; ++I) {
      const Event &E = Body.Events[B.Events.First + I];
      if (E.Kind == EventKind::Call)
        List.push_back(
            Facts.str(Facts[Body.Exprs.symbol(E.Target)].Name).str());
      else if (E.Kind == EventKind::Define)
        List.push_back("=" +
                       Facts.str(Body.Locals[E.Variable.Value].Name).str());
      else if (E.Kind == EventKind::Write)
        List.push_back("write");
    }
  return List;
}

/// One unit in which calls are moved.
class Moving {
public:
  explicit Moving(std::string Code)
      : Facts(
            TestTu("void a(void); void b(void); void c(void); void use(int);\n"
                   "int make(void); void fill(int *); extern int global;\n" +
                   Code)
                .extract()
                .Facts) {}

  const Function &body(llvm::StringRef Name) const {
    for (const Function &F : Facts.Module.Functions)
      if (Facts.Module.str(Facts.Module[F.Symbol].Name) == Name)
        return F;
    llvm_unreachable("no such function");
  }

  /// The first call of \p Callee in \p In.
  EventPlace call(llvm::StringRef Callee, llvm::StringRef In = "boot") {
    const Function &Body = body(In);
    for (uint32_t E = 0; E < Body.Events.size(); ++E) {
      ExprId Target = Body.Events[E].Target;
      if (Body.Events[E].Kind == EventKind::Call &&
          Facts.Module.str(Facts.Module[Body.Exprs.symbol(Target)].Name) ==
              Callee)
        return {&Facts.Module,
                static_cast<uint32_t>(&Body - Facts.Module.Functions.data()),
                EventId(E)};
    }
    ADD_FAILURE() << "no call of " << Callee.str();
    return {};
  }

  /// The message of the move, or nothing.
  std::string move(EventPlace Call, EventPlace Anchor,
                   MoveSide Side = MoveSide::Before) {
    auto Moved = moveCall(Call, Anchor, Side);
    if (!Moved)
      return llvm::toString(Moved.takeError());
    Last = *Moved;
    EXPECT_FALSE(checkFacts(Facts.Module));
    return "";
  }
  std::string move(llvm::StringRef Call, llvm::StringRef Anchor,
                   MoveSide Side = MoveSide::Before) {
    return move(call(Call), call(Anchor), Side);
  }
  std::vector<std::string> order(llvm::StringRef In = "boot") const {
    return ::order(Facts.Module, body(In));
  }

  TuFacts Facts;
  MovedEvents Last;
};

TEST(MoveCall, GoesBeforeOrAfter) {
  Moving M("void boot(void) { a(); b(); c(); }");
  EXPECT_EQ(M.move("c", "a"), "");
  EXPECT_THAT(M.order(), ElementsAre("c", "a", "b"));
  EXPECT_EQ(M.move("c", "b", MoveSide::After), "");
  EXPECT_THAT(M.order(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(M.move("a", "b", MoveSide::After), "");
  EXPECT_THAT(M.order(), ElementsAre("b", "a", "c"));
}

TEST(MoveCall, SaysWhereEventsWent) {
  Moving M("void boot(void) { a(); b(); c(); }");
  EventId Old = M.call("a").Event;
  EXPECT_EQ(M.move("c", "a"), "");
  EXPECT_EQ(M.Last.Source[Old.Value], M.call("a").Event);
  EXPECT_EQ(M.Last.Call.Event, M.call("c").Event);
}

TEST(MoveCall, TakesItsStatementAlong) {
  Moving M("void boot(void) { a(); global = make(); use(make()); }");
  EXPECT_EQ(M.move("use", "a"), "");
  EXPECT_THAT(M.order(), ElementsAre("make", "use", "a", "make", "write"));
  EventPlace Stored = M.call("make");
  Stored.Event = EventId(Stored.Event.Value + 3); // the second one
  EXPECT_EQ(M.move(Stored, M.call("make")), "");
  EXPECT_THAT(M.order(), ElementsAre("make", "write", "make", "use", "a"));
}

TEST(MoveCall, TakesItsMacroAlong) {
  Moving M("#define on() (a(), b())\n"
           "void boot(void) { c(); on(); use(1); }");
  EXPECT_EQ(M.move("b", "c"), "");
  EXPECT_THAT(M.order(), ElementsAre("a", "b", "c", "use"));
  EXPECT_EQ(M.move("use", "a", MoveSide::After), ""); // behind all of it
  EXPECT_THAT(M.order(), ElementsAre("a", "b", "use", "c"));
}

TEST(MoveCall, LeavesMacrosThatDecideWhole) {
  Moving M("#define both() do { a(); if (global) b(); } while (0)\n"
           "void boot(void) { c(); both(); }");
  EXPECT_THAT(M.move("a", "c"),
              HasSubstr("'a' is part of a macro that decides something here"));
}

TEST(MoveCall, CrossesBlocks) {
  Moving M("void boot(void) { a(); if (global) b(); c(); }");
  EXPECT_EQ(M.move("c", "a"), "");
  EXPECT_THAT(M.order(), ElementsAre("c", "a", "b"));
}

TEST(MoveCall, StaysBehindWhatItNeeds) {
  Moving M("void boot(void) { a(); int x = make(); b(); use(x); }");
  EXPECT_THAT(M.move("use", "a"),
              HasSubstr("'use' needs the value that 'x' gets here; it cannot "
                        "move in front of it"));
  EXPECT_EQ(M.move("use", "b"), "");
  EXPECT_THAT(M.order(), ElementsAre("a", "make", "=x", "use", "b"));
}

TEST(MoveCall, StaysInFrontOfItsUses) {
  Moving M("void boot(void) { a(); if (make()) b(); c(); }");
  EXPECT_THAT(M.move("make", "c"),
              HasSubstr("the result of 'make' is used here; it cannot move "
                        "behind that"));
  EXPECT_EQ(M.move("make", "a"), "");
  EXPECT_THAT(M.order(), ElementsAre("make", "a", "b", "c"));
}

TEST(MoveCall, DoesNotPassAnotherValueOfItsLocal) {
  Moving M("void boot(int x) { a(); x = 1; use(x); x = 2; b(); use(x); }");
  EXPECT_THAT(M.move("use", "b"),
              HasSubstr("'use' and this share 'x'; they cannot change places"));
}

TEST(MoveCall, DoesNotPassWhatFillsItsLocal) {
  Moving M("void boot(void) { int x; a(); fill(&x); b(); use(x); }");
  EXPECT_THAT(M.move("use", "a"), HasSubstr("'use' and this share 'x'"));
  EXPECT_EQ(M.move("use", "b"), "");
  EXPECT_THAT(M.order(), ElementsAre("a", "fill", "use", "b"));
}

TEST(MoveCall, GoesToAnotherFunction) {
  Moving M("void boot(void) { a(); use(make()); b(); }\n"
           "void next(void) { c(); }");
  EXPECT_EQ(M.move(M.call("use"), M.call("c", "next"), MoveSide::After), "");
  EXPECT_THAT(M.order(), ElementsAre("a", "b"));
  EXPECT_THAT(M.order("next"), ElementsAre("c", "make", "use"));
  EXPECT_FALSE(M.Last.Source[1].isValid());
  // The argument is still the nested call's result.
  const Function &Next = M.body("next");
  const Event &Use = Next.Events[M.Last.Call.Event.Value];
  ExprId Argument = Next.Exprs.Operands[Use.Args.First];
  EXPECT_EQ(Next.Exprs.event(Argument), M.call("make", "next").Event);
}

TEST(MoveCall, LeavesNoLocalBehind) {
  Moving M("void boot(int p) { int x = make(); use(p); use(x); a(); }\n"
           "void next(void) { c(); }");
  EXPECT_THAT(M.move(M.call("use"), M.call("c", "next")),
              HasSubstr("'use' is given a local or a parameter here"));
  EXPECT_THAT(M.move(M.call("make"), M.call("c", "next")),
              HasSubstr("the result of 'make' is used here; it cannot move to "
                        "another function"));
}

TEST(MoveCall, GoesToAnotherUnit) {
  Moving M("static void own(void) { c(); }\n"
           "void boot(void) { a(); own(); use(global); b(); }");
  Moving Other("void next(void) { c(); }");
  EXPECT_THAT(M.move(M.call("own"), Other.call("c", "next")),
              HasSubstr("cannot move to another file: 'own' is static here"));
  EXPECT_EQ(M.move(M.call("use"), Other.call("c", "next")), "");
  EXPECT_THAT(Other.order("next"), ElementsAre("use", "c"));
  EXPECT_FALSE(checkFacts(Other.Facts.Module));
}

TEST(MoveCall, DoesNotMoveToItself) {
  Moving M("void boot(void) { a(); b(); }");
  EXPECT_THAT(M.move("a", "a"), HasSubstr("cannot move to the place where"));
}

} // namespace
