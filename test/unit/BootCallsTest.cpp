//===- BootCallsTest.cpp - calls through pointers that may hold too much --===//

#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;

namespace {

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
  return TestBoot(Kept + Code + TestBoot::Start).forbidSink().findings();
}

TEST(BootCallsTest, ARecordIsNotPassedForAnother) {
  EXPECT_THAT(usual(R"(
    void takes_a(struct a *p) { sink(); }
    void takes_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(struct a *))heap()->fn)(a);
    }
    void first(void) {
      keep(takes_a); keep(takes_b); below(any(), 0, 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("takes_a: sink"));
}

TEST(BootCallsTest, AVariableSaysWhatItsPointerIs) {
  EXPECT_THAT(usual(R"(
    void takes_a(struct a *p) { sink(); }
    void takes_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      struct b *b = data;
      ((void (*)(struct b *))heap()->fn)(b);
    }
    void first(void) {
      keep(takes_a); keep(takes_b); below(any(), any(), 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("takes_b: sink"));
}

TEST(BootCallsTest, AsManyArgumentsArePassedAsAreTaken) {
  EXPECT_THAT(usual(R"(
    void one(void *p) { sink(); }
    void two(void *p, unsigned long n) { sink(); }
    void any_number(void *p, ...) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *, unsigned long))heap()->fn)(data, n);
    }
    void first(void) {
      keep(one); keep(two); keep(any_number);
      below(any(), 0, 1); below(any(), 0, 1);
    }
  )"),
              ElementsAre("two: sink", "any_number: sink"));
}

TEST(BootCallsTest, NumbersAreAsWideAsTheyAreTaken) {
  EXPECT_THAT(usual(R"(
    void wide(void *p, unsigned long n) { sink(); }
    void narrow(void *p, int n) { sink(); }
    void record(void *p, struct a *a) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *, unsigned long))heap()->fn)(data, n);
    }
    void first(void) {
      keep(wide); keep(narrow); keep(record);
      below(any(), 0, 1); below(any(), 0, 2);
    }
  )"),
              ElementsAre("wide: sink"));
}

TEST(BootCallsTest, ALoneNumberMayBeAPointer) {
  EXPECT_THAT(usual(R"(
    void number(unsigned long n) { sink(); }
    void record(struct a *a) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(unsigned long))heap()->fn)(n);
    }
    void first(void) {
      keep(number); keep(record); below(any(), 0, 1); below(any(), 0, 2);
    }
  )"),
              ElementsAre("number: sink", "record: sink"));
}

TEST(BootCallsTest, WhoHandsOnHasTheTypeOfTheCall) {
  EXPECT_THAT(usual(R"(
    void same(void *p, int n) { sink(); }
    void other(struct a *a, int n) { sink(); }
    void forward(void *p, int n) { ((void (*)(void *, int))heap()->fn)(p, n); }
    void first(void) {
      keep(same); keep(other); forward(any(), 1); forward(any(), 2);
    }
  )"),
              ElementsAre("same: sink"));
}

TEST(BootCallsTest, APointerOfNoKnownRecordMayBeAny) {
  EXPECT_THAT(usual(R"(
    void takes_a(struct a *p, int n) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      void *mine = data;
      ((void (*)(struct a *, int))heap()->fn)(mine, 7);
    }
    void first(void) { keep(takes_a); below(any(), 0, 1); below(any(), 0, 2); }
  )"),
              ElementsAre("takes_a: sink"));
}

TEST(BootCallsTest, ACallThatNoneFitsKeepsThemAll) {
  EXPECT_THAT(usual(R"(
    void takes_b(struct b *p) { sink(); }
    void below(struct a *a, void *data, unsigned long n) {
      ((void (*)(void *))heap()->fn)((struct b *)a);
    }
    void first(void) { keep(takes_b); below(any(), 0, 1); below(any(), 0, 2); }
  )"),
              ElementsAre("takes_b: sink"));
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
    void print_loud(void) { sink(); }
    void print_quiet(void) { sink(); }
    #define EVENT(name) \
      static struct point point_##name = {fire_##name}; \
      static struct funcs funcs_##name = {print_##name}; \
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
  return Boot.findings();
}

TEST(BootCallsTest, ACallbackWaitsForWhatItIsCalledWith) {
  EXPECT_THAT(events("point.fire"), ElementsAre("print_loud: sink"));
}

TEST(BootCallsTest, AnEntryWithoutThatFunctionDoesNotWait) {
  EXPECT_THAT(events("point.other"),
              ElementsAre("print_loud: sink", "print_quiet: sink"));
  EXPECT_THAT(events(""), ElementsAre("print_loud: sink", "print_quiet: sink"));
}

} // namespace
