//===- MemoryTest.cpp - what objects hold and who is told -----------------===//

#include "solve/Memory.h"
#include "TestBoot.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

Value setOf(std::initializer_list<int64_t> Numbers) {
  Value V;
  for (int64_t Number : Numbers)
    V = join(V, Value::number(Number));
  return V;
}

bool isBelow(const Value &A, const Value &B) { return join(A, B) == B; }

struct MemoryTest : testing::Test {
  TestBoot Boot{R"(
    enum state { DOWN, UP };
    struct ops { int (*run)(void); int count; };
    struct holder { struct ops ops; int list[3]; struct holder *next; };
    int run(void) { return 0; }
    int zero, three = 3, other;
    signed char minus = -1;
    const int fixed = 7;
    int numbers[4] = {5, 6};
    enum state now = UP;
    char *name = "boot";
    struct ops table[2] = {{run, 1}, {0, 2}};
    struct holder whole = {.ops = {run, 4}, .list = {9}, .next = &whole};
    int *pointer = &numbers[1];
    union either { int number; unsigned bits; } either = {3};
    extern int elsewhere;
    int use(void) {
      return elsewhere + zero + other + fixed + whole.ops.count +
             whole.list[1] + table[1].count + either.bits + *pointer + name[0] + now + minus;
    }
  )"};
  const Program &P = Boot.link();
  PlaceTable Places{P};
  Memory M{P, Places};
  WriteSite Site{FunctionId(0), EventId(0)};
  ReaderId Nobody;

  PlaceId at(llvm::StringRef Name) { return Places.whole(Boot.object(Name)); }
  PlaceId at(PlaceId Outer, llvm::StringRef Record, llvm::StringRef Name) {
    return Places.field(Outer, Boot.field(Record, Name));
  }
  Value load(PlaceId Where) { return M.load(Where, Nobody); }
  Value place(PlaceId Where) {
    return Value::atom({Where.Value, Atom::AtomKind::Place});
  }
  Value runAddress() {
    return Value::atom({Boot.function("run").Value, Atom::AtomKind::Function});
  }
};

TEST_F(MemoryTest, ObjectsStartAsTheSourceSays) {
  EXPECT_EQ(load(at("zero")), Value::number(0));
  EXPECT_EQ(load(at("three")), Value::number(3));
  EXPECT_EQ(load(at("minus")), Value::number(-1));
  EXPECT_EQ(load(at("now")), Value::number(1));
  EXPECT_EQ(load(at("name")), Value::nonZero());
  EXPECT_EQ(load(at("pointer")), place(Places.element(at("numbers"))));
}

TEST_F(MemoryTest, FieldsStartAsTheSourceSays) {
  PlaceId Ops = at(at("whole"), "holder", "ops");
  EXPECT_EQ(load(at(Ops, "ops", "run")), runAddress());
  EXPECT_EQ(load(at(Ops, "ops", "count")), Value::number(4));
  EXPECT_EQ(load(at(at("whole"), "holder", "next")), place(at("whole")));
}

TEST_F(MemoryTest, ElementsShareAPlaceAndWhatIsNotListedIsZero) {
  EXPECT_EQ(load(at("numbers")), setOf({0, 5, 6}));
  EXPECT_EQ(load(at(at("table"), "ops", "count")), setOf({0, 1, 2}));
  EXPECT_EQ(load(at(at("table"), "ops", "run")),
            join(Value::number(0), runAddress()));
  EXPECT_EQ(load(at(at("whole"), "holder", "list")), setOf({0, 9}));
}

TEST_F(MemoryTest, WhatIsDefinedElsewhereIsUnknown) {
  EXPECT_TRUE(M.isOpen(Boot.object("elsewhere")));
  EXPECT_TRUE(load(at("elsewhere")).isUnknown());
}

TEST_F(MemoryTest, ARecordAsANumberIsUnknown) {
  EXPECT_TRUE(load(at("whole")).isUnknown());
}

TEST_F(MemoryTest, WritesJoinAndCertainOnesReplace) {
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  EXPECT_EQ(load(at("three")), setOf({3, 4}));
  M.store(at("three"), Value::number(5), Site, /*IsCertain=*/true);
  EXPECT_EQ(load(at("three")), Value::number(5));
  M.store(at("three"), Value(), Site, /*IsCertain=*/true); // no value yet
  EXPECT_EQ(load(at("three")), Value::number(5));
}

TEST_F(MemoryTest, OneFieldIsNotTheOther) {
  PlaceId Ops = at(at("whole"), "holder", "ops");
  M.store(at(Ops, "ops", "run"), Value::number(0), Site, /*IsCertain=*/true);
  EXPECT_EQ(load(at(Ops, "ops", "run")), Value::number(0));
  EXPECT_EQ(load(at(Ops, "ops", "count")), Value::number(4));
}

TEST_F(MemoryTest, AnElementIsNeverReplaced) {
  M.store(at("numbers"), Value::number(8), Site, /*IsCertain=*/true);
  EXPECT_EQ(load(at("numbers")), setOf({0, 5, 6, 8}));
  M.store(at(at("table"), "ops", "count"), Value::number(3), Site, true);
  EXPECT_EQ(load(at(at("table"), "ops", "count")), setOf({0, 1, 2, 3}));
  PlaceId List = Places.element(at(at("whole"), "holder", "list"));
  M.store(List, Value::number(1), Site, /*IsCertain=*/true);
  EXPECT_EQ(load(List), setOf({0, 1, 9}));
}

TEST_F(MemoryTest, ElementsAtKnownIndexesAreToldApart) {
  PlaceId Whole = at("numbers"), First = Places.element(Whole, 0),
          Last = Places.element(Whole, 3);
  EXPECT_EQ(load(First), Value::number(5));
  EXPECT_EQ(load(Last), Value::number(0));
  M.store(Last, Value::number(8), Site, /*IsCertain=*/false);
  EXPECT_EQ(load(Last), setOf({0, 8}));
  EXPECT_EQ(load(First), Value::number(5));
  EXPECT_EQ(load(Whole), setOf({0, 5, 6, 8}));
  // Some element: it may be this one.
  M.store(Whole, Value::number(9), Site, /*IsCertain=*/false);
  EXPECT_EQ(load(First), setOf({5, 9}));
}

TEST_F(MemoryTest, FieldsOfElementsAtKnownIndexesAreToldApart) {
  PlaceId Second = Places.element(at("table"), 1);
  EXPECT_EQ(load(at(Second, "ops", "count")), Value::number(2));
  EXPECT_EQ(load(at(Second, "ops", "run")), Value::number(0));
  ReaderId Reader(0);
  M.load(at(Second, "ops", "count"), Reader);
  M.store(at(at("table"), "ops", "count"), Value::number(3), Site, false);
  EXPECT_THAT(M.takeStale(), ElementsAre(Reader));
  EXPECT_EQ(load(at(Second, "ops", "count")), setOf({2, 3}));
}

TEST_F(MemoryTest, MembersOfAUnionAreOnePlace) {
  PlaceId Number = at(at("either"), "either", "number");
  PlaceId Bits = at(at("either"), "either", "bits");
  EXPECT_TRUE(isBelow(Value::number(3), load(Bits)));
  M.store(Number, Value::number(4), Site, /*IsCertain=*/true);
  EXPECT_TRUE(isBelow(setOf({3, 4}), load(Bits)));
}

TEST_F(MemoryTest, ZeroFillJoinsZero) {
  PlaceId Ops = at(at("whole"), "holder", "ops");
  load(at(Ops, "ops", "count"));
  M.fill(at("whole"), Value::number(0), Site);
  EXPECT_EQ(load(at(Ops, "ops", "count")), setOf({0, 4}));
  M.fill(at("whole"), Value::number(0xff), Site);
  EXPECT_TRUE(load(at(Ops, "ops", "count")).isUnknown());
}

TEST_F(MemoryTest, ForgottenPartsAreUnknownWhetherReadBeforeOrNot) {
  PlaceId Ops = at(at("whole"), "holder", "ops");
  load(at(Ops, "ops", "count"));
  M.forget(Ops, Site);
  EXPECT_TRUE(load(at(Ops, "ops", "count")).isUnknown());
  EXPECT_TRUE(load(at(Ops, "ops", "run")).isUnknown());
  EXPECT_EQ(load(at(at("whole"), "holder", "next")), place(at("whole")));
  M.forget(at("other"), Site);
  EXPECT_TRUE(load(at("other")).isUnknown());
}

TEST_F(MemoryTest, StoresThroughUnknownPointersHitWhatIsShared) {
  PlaceId Count = at(at(at("whole"), "holder", "ops"), "ops", "count");
  M.storeToField(Boot.field("ops", "count"), Value::number(8));
  M.storeToScalar(Value::number(9));
  EXPECT_EQ(load(Count), Value::number(4)); // nobody has the address
  EXPECT_EQ(load(at("three")), Value::number(3));
  M.share(Boot.object("whole"));
  M.share(Boot.object("three"));
  EXPECT_EQ(load(Count), setOf({4, 8}));
  EXPECT_EQ(load(at("three")), setOf({3, 9}));
}

TEST_F(MemoryTest, AWriteByAnotherNameMakesWhatOverlapsUnknown) {
  PlaceId Ops = at(at("whole"), "holder", "ops");
  PlaceId Count = at(Ops, "ops", "count"),
          Next = at(at("whole"), "holder", "next");
  EXPECT_EQ(load(Count), Value::number(4));
  M.store(Ops, Value::number(1), Site, /*IsCertain=*/false);
  EXPECT_TRUE(load(Count).isUnknown());
  EXPECT_EQ(load(Next), place(at("whole")));
}

TEST_F(MemoryTest, SharedObjectsAreNotReplaced) {
  M.share(Boot.object("three"));
  EXPECT_TRUE(M.isShared(Boot.object("three")));
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/true);
  EXPECT_EQ(load(at("three")), setOf({3, 4}));
}

TEST_F(MemoryTest, OpenObjectsAreUnknownForGood) {
  M.open(Boot.object("three"));
  M.share(Boot.object("three"));
  EXPECT_TRUE(M.isOpen(Boot.object("three")));
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/true);
  EXPECT_TRUE(load(at("three")).isUnknown());
}

TEST_F(MemoryTest, ConstantsCannotBeWrittenThroughPointers) {
  M.share(Boot.object("fixed"));
  M.storeToScalar(Value::number(9));
  EXPECT_EQ(load(at("fixed")), Value::number(7));
}

TEST_F(MemoryTest, LocalsHoldNothingBeforeTheyAreWritten) {
  PlaceId Local = Places.local(1, LocalId(0));
  EXPECT_TRUE(load(Local).isNothing());
  M.store(Local, Value::number(1), Site, /*IsCertain=*/false);
  EXPECT_EQ(load(Local), Value::number(1));
  PlaceId Filled = Places.local(1, LocalId(1));
  M.fill(Filled, Value::number(0), Site);
  EXPECT_EQ(load(at(Filled, "ops", "count")), Value::number(0));
}

TEST_F(MemoryTest, ReadersAreToldOnceAndUntilTheyReadAgain) {
  ReaderId Reader(3), Other(1);
  M.load(at("three"), Reader);
  M.load(at("three"), Reader);
  M.load(at("zero"), Other);
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  M.store(at("three"), Value::number(5), Site, /*IsCertain=*/false);
  EXPECT_THAT(M.takeStale(), ElementsAre(Reader));
  M.store(at("three"), Value::number(6), Site, /*IsCertain=*/false);
  EXPECT_THAT(M.takeStale(), IsEmpty()); // it has not read again
  M.load(at("three"), Reader);
  M.store(at("three"), Value::number(6), Site, /*IsCertain=*/false);
  EXPECT_THAT(M.takeStale(), IsEmpty()); // nothing has changed
}

TEST_F(MemoryTest, ReadersOfSharedAndOpenedObjectsAreTold) {
  ReaderId Reader(0);
  M.load(at("three"), Reader);
  M.share(Boot.object("three"));
  EXPECT_THAT(M.takeStale(), ElementsAre(Reader));
  M.load(at("three"), Reader);
  M.storeToScalar(Value::number(9));
  EXPECT_THAT(M.takeStale(), ElementsAre(Reader));
  M.load(at("three"), Reader);
  M.open(Boot.object("three"));
  EXPECT_THAT(M.takeStale(), ElementsAre(Reader));
}

TEST_F(MemoryTest, WhoHasReadWhatChangedIsStale) {
  ReaderId Reader(3), Other(1);
  M.load(at("three"), Reader);
  M.load(at("zero"), Other);
  EXPECT_FALSE(M.isStale(Reader));
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  EXPECT_TRUE(M.isStale(Reader));
  EXPECT_FALSE(M.isStale(Other));
  M.takeStale();
  EXPECT_FALSE(M.isStale(Reader));
}

TEST_F(MemoryTest, ChangesOfConstantsAreCountedApart) {
  uint64_t Before = M.constClock();
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  EXPECT_EQ(M.constClock(), Before);
  M.store(at("fixed"), Value::number(4), Site, /*IsCertain=*/false);
  EXPECT_GT(M.constClock(), Before);
  Before = M.constClock();
  M.open(Boot.object("fixed"));
  EXPECT_GT(M.constClock(), Before);
}

TEST_F(MemoryTest, ClockStandsStillWhileNothingChanges) {
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  uint64_t Before = M.clock();
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  M.storeToScalar(Value());
  EXPECT_EQ(M.clock(), Before);
  M.store(at("three"), Value::number(5), Site, /*IsCertain=*/false);
  EXPECT_GT(M.clock(), Before);
}

TEST_F(MemoryTest, WritersAreRemembered) {
  EXPECT_THAT(M.writers(at("three")), IsEmpty());
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  M.store(at("three"), Value::number(5), Site, /*IsCertain=*/false);
  ASSERT_THAT(M.writers(at("three")), SizeIs(1));
  EXPECT_EQ(M.writers(at("three"))[0].Function, Site.Function);
}

TEST_F(MemoryTest, TravelsToWhatItHeldWhenAStepBegan) {
  M.mark(0);
  M.store(at("zero"), Value::number(1), Site, /*IsCertain=*/true);
  M.store(at("three"), Value::number(4), Site, /*IsCertain=*/false);
  M.mark(1);
  M.store(at("zero"), Value::number(2), Site, /*IsCertain=*/true);
  M.store(at("zero"), Value::number(5), Site, /*IsCertain=*/true);
  M.storeToScalar(Value::number(9));
  M.share(Boot.object("three"));
  EXPECT_EQ(load(at("three")), setOf({3, 4, 9}));
  M.travel(1);
  EXPECT_EQ(load(at("zero")), Value::number(1));
  EXPECT_EQ(load(at("three")), setOf({3, 4}));
  M.travel(0);
  EXPECT_EQ(load(at("zero")), Value::number(0));
  EXPECT_EQ(load(at("three")), Value::number(3));
  M.travel(1);
  EXPECT_EQ(load(at("zero")), Value::number(1));
  M.travel(2);
  EXPECT_EQ(load(at("zero")), Value::number(5));
  EXPECT_EQ(load(at("three")), setOf({3, 4, 9}));
}

TEST_F(MemoryTest, WhatIsFirstReadElsewhereInTimeIsReadAnew) {
  PlaceId Count = at(at("whole"), "holder", "ops");
  M.mark(0);
  M.mark(1);
  M.forget(at("whole"), Site);
  M.travel(1);
  load(Count);
  load(at("other"));
  uint32_t Read = M.readCount();
  M.travel(2);
  EXPECT_LT(M.readCount(), Read);
  EXPECT_TRUE(load(Count).isUnknown());
  EXPECT_EQ(load(at("other")), Value::number(0));
}

TEST_F(MemoryTest, OpenObjectsAndNumberedFieldsAreKnownAgainEarlier) {
  PlaceId Run = at(at(at("whole"), "holder", "ops"), "ops", "run");
  M.mark(0);
  M.share(Boot.object("whole"));
  Value Before = load(Run);
  M.mark(1);
  M.storeToScalar(Value::number(9));
  M.expose(Boot.field("ops", "run"));
  M.open(Boot.object("zero"));
  EXPECT_NE(load(Run), Before);
  EXPECT_TRUE(load(at("zero")).isUnknown());
  M.travel(1);
  EXPECT_EQ(load(Run), Before);
  EXPECT_EQ(load(at("zero")), Value::number(0));
}

} // namespace
