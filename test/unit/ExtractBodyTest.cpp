#include "TestTu.h"
#include "model/FactsCheck.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

std::string facts(std::string Code) {
  return TestTu(std::move(Code)).printed();
}

TEST(ExtractBody, LocalsAreWhatTheyWereWhenDefined) {
  std::string Text = facts(R"(
    extern void use(int);
    void f(int x) { int flags = 0xd0; if (x) flags = 0x20; use(flags); }
  )");
  EXPECT_THAT(Text, HasSubstr("define flags.1 = 208"));
  EXPECT_THAT(Text, HasSubstr("call use(join(e0, e1))"));
}

TEST(ExtractBody, ParametersReachCallsAndKeepTheirNewValue) {
  std::string Text = facts(R"(
    extern void use(unsigned);
    void f(unsigned flags) { flags |= 0x100u; use(flags); }
    void g(unsigned flags) { use(flags & ~0x10u); }
  )");
  EXPECT_THAT(Text, HasSubstr("define flags.0 = p0 | 0x100"));
  EXPECT_THAT(Text, HasSubstr("call use(e0)"));
  EXPECT_THAT(Text, HasSubstr("call use(p0 & 0xffffffef)"));
}

TEST(ExtractBody, ConstantsRememberTheirMacro) {
  EXPECT_THAT(facts(R"(
    #define __GFP_WAIT 0x10u
    #define GFP_KERNEL (__GFP_WAIT | 0xc0u)
    extern void *alloc(unsigned long, unsigned);
    void f(void) { alloc(1, GFP_KERNEL); }
  )"),
              HasSubstr("call alloc(1, GFP_KERNEL=0xd0)"));
}

TEST(ExtractBody, WhatHasAValueIsFoldedAndNoMore) {
  std::string Text = facts(R"(
    enum { Size = 8 };
    extern void use(long); extern int g(void);
    void f(int x) {
      use(Size * 2 + (1 << 4));
      use((x + 1) * Size);
      use(Size - g());
      use(1 || x);
    }
  )");
  EXPECT_THAT(Text, HasSubstr("call use(32)"));
  EXPECT_THAT(Text, HasSubstr("call use((s64)((p0 + 1) * Size=8))"));
  EXPECT_THAT(Text, HasSubstr("call use((s64)(Size=8 - e"));
  EXPECT_THAT(Text, HasSubstr("call use(1)"));
}

TEST(ExtractBody, SumsOfThousandsOfTermsAreLowered) {
  std::string Sum = "x";
  for (int Term = 1; Term < 3000; ++Term)
    Sum += " + " + std::to_string(Term);
  std::string Text = facts("int f(int x) { return " + Sum + "; }");
  EXPECT_THAT(Text, HasSubstr("((p0 + 1) + 2) + 3)"));
  EXPECT_THAT(Text, HasSubstr(") + 0xbb7\n"));
}

TEST(ExtractBody, ConditionsSitOnEdges) {
  std::string Text = facts(R"(
    #define unlikely(x) __builtin_expect(!!(x), 0)
    extern int ready; extern void early(void), late(void);
    void f(void) { if (unlikely(!ready)) early(); else late(); }
  )");
  EXPECT_THAT(Text,
              HasSubstr("if ((s64)!!!ready) b2 else b3 [macro unlikely]"));
}

TEST(ExtractBody, ShortCircuitsAreBlocks) {
  std::string Text = facts(R"(
    extern int a, b; extern void g(void);
    void f(void) { if (a && b) g(); }
  )");
  EXPECT_THAT(Text, HasSubstr("if (a) "));
  EXPECT_THAT(Text, HasSubstr("if (b) "));
}

TEST(ExtractBody, SwitchEdgesHaveRanges) {
  EXPECT_THAT(facts(R"(
    extern void g(int);
    void f(int x) { switch (x) { case 1: g(1); break; case 3 ... 5: g(3); } }
  )"),
              AllOf(HasSubstr("case 1: "), HasSubstr("case 3..5: "),
                    HasSubstr("default: ")));
}

TEST(ExtractBody, CleanupRunsAtEveryScopeExit) {
  std::string Text = facts(R"(
    struct guard { int *lock; };
    extern void unlock(struct guard *); extern int test(void);
    int f(int *l) {
      struct guard g __attribute__((cleanup(unlock))) = { l };
      if (test()) return 1;
      return 0;
    }
  )");
  size_t First = Text.find("cleanup unlock(");
  ASSERT_NE(First, std::string::npos);
  EXPECT_NE(Text.find("cleanup unlock(", First + 1), std::string::npos);
}

TEST(ExtractBody, CallsThroughMembersKnowTheField) {
  std::string Text = facts(R"(
    struct irqs { void (*init)(void); };
    struct ops { struct irqs irqs; int (*read)(int); } x_init;
    int f(struct ops *o) { x_init.irqs.init(); return o->read(3); }
  )");
  EXPECT_THAT(Text, HasSubstr("[field irqs.init]"));
  EXPECT_THAT(Text, HasSubstr("[field ops.read]"));
}

TEST(ExtractBody, AddressThenDereferenceIsAnAccess) {
  std::string Text = facts(R"(
    #define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
    int state; extern void g(int);
    void f(void) { g(READ_ONCE(state)); }
  )");
  EXPECT_THAT(Text, HasSubstr("call g(state)"));
  EXPECT_THAT(Text, Not(HasSubstr("take &state")));
}

TEST(ExtractBody, UnevaluatedCallsAreNoCalls) {
  std::string Text = facts(R"(
    extern int never(void), size(void); extern void g(int);
    void f(void) { g(__builtin_constant_p(never())); g(sizeof(size())); }
  )");
  EXPECT_THAT(Text,
              AllOf(Not(HasSubstr("call never")), Not(HasSubstr("call size"))));
}

TEST(ExtractBody, MemoryFunctionsAlsoWrite) {
  EXPECT_THAT(facts(R"(
    struct m { int a; } md; void *memcpy(void *, const void *, unsigned long);
    void f(struct m *best) { memcpy(&md, best, sizeof(md)); }
  )"),
              HasSubstr("write md = 4 bytes at p0"));
}

TEST(ExtractBody, RecordCopiesAndInitializersAreWrites) {
  std::string Text = facts(R"(
    struct ops { int (*open)(void); int flags; };
    extern int my_open(void); struct ops target;
    void f(struct ops *p) {
      struct ops local = { .open = my_open };
      target = local; *p = target;
    }
  )");
  EXPECT_THAT(Text, HasSubstr("= zero"));
  EXPECT_THAT(Text, HasSubstr("&my_open [field ops.open]"));
  EXPECT_THAT(Text, HasSubstr("write target = record at "));
}

TEST(ExtractBody, AssemblyNamesItsCallees) {
  std::string Text = facts(R"(
    struct pv { void (*enable)(void); } pv_ops; static void helper(void) {}
    void f(void) {
      asm volatile("call *%[op]" :: [op] "m"(pv_ops.enable) : "memory");
      asm volatile("call %c0" :: "i"(helper));
      asm volatile("call outside");
    }
  )");
  EXPECT_THAT(Text, HasSubstr("asm-operand call"));
  EXPECT_THAT(Text, HasSubstr("[field pv.enable]"));
  EXPECT_THAT(Text, HasSubstr("asm-operand call helper()"));
  EXPECT_THAT(Text, HasSubstr("asm-template call outside()"));
}

TEST(ExtractBody, AssemblyMayCallWhatIsDeclaredAsData) {
  TestTu Tu("extern char thunk[]; void f(void) { asm(\"call thunk\"); "
            "asm(\"\" :: \"r\"(thunk)); }");
  ExtractResult Result = Tu.extract();
  EXPECT_THAT(llvm::toString(checkFacts(Result.Facts.Module)), IsEmpty());
  EXPECT_THAT(Tu.printed(), HasSubstr("asm-template call thunk()"));
}

TEST(ExtractBody, AsmGotoHasAllSuccessors) {
  EXPECT_THAT(facts(R"(
    extern void on(void);
    void f(void) { asm goto("1: nop" :::: yes); return; yes: on(); }
  )"),
              HasSubstr("asm-goto b"));
}

TEST(ExtractBody, MacrosAroundCallsAreKept) {
  std::string Text = facts(R"(
    extern void raw_enable(void);
    #define raw_local_irq_enable() raw_enable()
    #define local_irq_enable() do { raw_local_irq_enable(); } while (0)
    #define lockdep_off() do { (void)0; } while (0)
    void f(void) { local_irq_enable(); lockdep_off(); }
  )");
  EXPECT_THAT(Text,
              HasSubstr("[macro raw_local_irq_enable < local_irq_enable]"));
  EXPECT_THAT(Text, HasSubstr("macro lockdep_off"));
}

TEST(ExtractBody, EndlessLoopsHaveNoWayOut) {
  EXPECT_THAT(facts(R"(
    extern void die(void) __attribute__((noreturn));
    void f(int x) { if (x) die(); }
  )"),
              HasSubstr("noreturn"));
}

} // namespace
