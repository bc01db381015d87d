//===- BootCallsTest.cpp - calls through pointers that may hold too much --===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;

namespace {

/// Functions `run_...` that the boot reaches.
std::vector<std::string> runs(TestBoot &Boot) {
  std::vector<std::string> Found;
  for (const std::string &F : Boot.reached())
    if (llvm::StringRef(F).starts_with("run_"))
      Found.push_back(F);
  return Found;
}

/// Functions of several types in one field without a type; `first` is the
/// spine, and reaches `below`.
std::vector<std::string> usual(const std::string &Code) {
  const std::string Kept = R"(
    struct a { int x; };
    struct b { int x; };
    struct kept { void *fn; };
    struct kept *heap(void);
    void keep(void *fn) { heap()->fn = fn; }
    void below(struct a *a, void *data, unsigned long n);
    struct a *any(void);
    int both(struct a *a, struct b *b) { return a->x + b->x; }
  )";
  return runs(TestBoot(Kept + Code + TestBoot::Start).forbidSink());
}

TEST(BootCallsTest, ARecordIsNotPassedForAnother) {
  EXPECT_THAT(usual(R"(
    void run_a(struct a *p) { sink(); }
    void run_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(struct a *))heap()->fn)(a);
    }
    void first(void) {
      keep(run_a); keep(run_b); below(any(), 0, 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("run_a"));
}

TEST(BootCallsTest, AVariableSaysWhatItsPointerIs) {
  EXPECT_THAT(usual(R"(
    void run_a(struct a *p) { sink(); }
    void run_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      struct b *b = data;
      ((void (*)(struct b *))heap()->fn)(b);
    }
    void first(void) {
      keep(run_a); keep(run_b); below(any(), any(), 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("run_b"));
}

TEST(BootCallsTest, AsManyArgumentsArePassedAsAreTaken) {
  EXPECT_THAT(usual(R"(
    void run_one(void *p) { sink(); }
    void run_two(void *p, unsigned long n) { sink(); }
    void run_any_number(void *p, ...) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *, unsigned long))heap()->fn)(data, n);
    }
    void first(void) {
      keep(run_one); keep(run_two); keep(run_any_number);
      below(any(), 0, 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("run_any_number", "run_two"));
}

TEST(BootCallsTest, NumbersAreAsWideAsTheyAreTaken) {
  EXPECT_THAT(usual(R"(
    void run_wide(void *p, unsigned long n) { sink(); }
    void run_narrow(void *p, int n) { sink(); }
    void run_record(void *p, struct a *a) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *, unsigned long))heap()->fn)(data, n);
    }
    void first(void) {
      keep(run_wide); keep(run_narrow); keep(run_record);
      below(any(), 0, 1); below(any(), 0, 2);
    }
  )"),
              ElementsAre("run_wide"));
}

TEST(BootCallsTest, ALoneNumberMayBeAPointer) {
  EXPECT_THAT(usual(R"(
    void run_number(unsigned long n) { sink(); }
    void run_record(struct a *a) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(unsigned long))heap()->fn)(n);
    }
    void first(void) {
      keep(run_number); keep(run_record); below(any(), 0, 1); below(any(), 0, 2);
    }
  )"),
              ElementsAre("run_number", "run_record"));
}

TEST(BootCallsTest, WhoHandsOnHasTheTypeOfTheCall) {
  EXPECT_THAT(usual(R"(
    void run_same(void *p, int n) { sink(); }
    void run_other(struct a *a, int n) { sink(); }
    void forward(void *p, int n) { ((void (*)(void *, int))heap()->fn)(p, n); }
    void first(void) {
      keep(run_same); keep(run_other); forward(any(), 1); forward(any(), 2);
    }
  )"),
              ElementsAre("run_same"));
}

TEST(BootCallsTest, APointerOfNoKnownRecordMayBeAny) {
  EXPECT_THAT(usual(R"(
    void run_a(struct a *p, int n) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      void *mine = data;
      ((void (*)(struct a *, int))heap()->fn)(mine, 7);
    }
    void first(void) { keep(run_a); below(any(), 0, 1); below(any(), 0, 2); }
  )"),
              ElementsAre("run_a"));
}

TEST(BootCallsTest, ACallThatNoneFitsKeepsThemAll) {
  EXPECT_THAT(usual(R"(
    void run_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *))heap()->fn)((struct b *)a);
    }
    void first(void) { keep(run_b); below(any(), 0, 1); below(any(), 0, 2); }
  )"),
              ElementsAre("run_b"));
}

/// Events whose printers the rules bind to who fires them: `fire_quiet` is not
/// called.
std::vector<std::string> events(const std::string &Path) {
  TestBoot Boot(std::string(R"(
    struct point { void (*fire)(void); };
    struct funcs { void (*print)(void); };
    struct event { struct point *point; struct funcs *funcs; };
    extern struct event *begin_events[], *end_events[];
    void fire_loud(void) {}
    void fire_quiet(void) {}
    void run_loud(void) { sink(); }
    void run_quiet(void) { sink(); }
    #define EVENT(name) \
      static struct point point_##name = {fire_##name}; \
      static struct funcs funcs_##name = {run_##name}; \
      static struct event event_##name = {&point_##name, &funcs_##name}; \
      static struct event *entry_##name \
        __attribute__((section("_events"), used)) = &event_##name;
    EVENT(loud) EVENT(quiet)
    void walk(void) {
      for (struct event **e = begin_events; e < end_events; e++)
        (*e)->funcs->print();
    }
    void first(void) { fire_loud(); walk(); walk(); }
  )") + TestBoot::Start);
  Boot.forbidSink();
  LinkerTable Events;
  Events.Name = "events";
  llvm::cantFail(setSectionPattern(Events, "_events"));
  Events.Record = "event";
  Events.HoldsPointers = true;
  Events.Mode = TableMode::Ops;
  Events.Boundaries = {"begin_events", "end_events"};
  Events.Dispatchers.emplace_back();
  Events.Callbacks = {"funcs.print"};
  Events.CalledWith = Path;
  Boot.Rules.Tables.push_back(Events);
  return runs(Boot);
}

TEST(BootCallsTest, ACallbackWaitsForWhatItIsCalledWith) {
  EXPECT_THAT(events("point.fire"), ElementsAre("run_loud"));
}

TEST(BootCallsTest, AnEntryWithoutThatFunctionDoesNotWait) {
  EXPECT_THAT(events("point.other"), ElementsAre("run_loud", "run_quiet"));
  EXPECT_THAT(events(""), ElementsAre("run_loud", "run_quiet"));
}

} // namespace
