//===- PlacesTest.cpp - objects and their parts ---------------------------===//

#include "solve/Places.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// Two objects; fields F of one record and G of another, and two members of a
/// union in the latter.
struct PlacesTest : testing::Test {
  Program P;
  PlaceTable Places{P};
  FieldKey F{0}, G{1}, Member{2}, Sibling{3};
  PlaceId Whole = Places.whole(ObjectId(0));

  PlacesTest() {
    P.Objects.resize(2);
    P.Fields.resize(4);
    P.Fields[0].Record = "outer";
    P.Fields[1].Record = P.Fields[2].Record = P.Fields[3].Record = "inner";
    P.Fields[2].IsInUnion = P.Fields[3].IsInUnion = true;
  }
};

TEST_F(PlacesTest, SamePartSamePlace) {
  EXPECT_EQ(Places.whole(ObjectId(0)), Whole);
  EXPECT_NE(Places.whole(ObjectId(1)), Whole);
  PlaceId Part = Places.field(Whole, F);
  EXPECT_EQ(Places.field(Whole, F), Part);
  EXPECT_NE(Places.field(Whole, G), Part);
  EXPECT_NE(Places.field(Places.whole(ObjectId(1)), F), Part);
  EXPECT_EQ(Places.size(), 5u);
}

TEST_F(PlacesTest, PartsKnowWhatTheyArePartsOf) {
  PlaceId Inner = Places.field(Places.field(Whole, F), G);
  EXPECT_TRUE(Places.isWhole(Whole));
  EXPECT_FALSE(Places.isWhole(Inner));
  EXPECT_EQ(Places[Inner].Object, ObjectId(0));
  EXPECT_TRUE(Places.isInside(Inner, Whole));
  EXPECT_TRUE(Places.isInside(Inner, Inner));
  EXPECT_FALSE(Places.isInside(Whole, Inner));
  EXPECT_FALSE(Places.isInside(Inner, Places.field(Whole, G)));
}

TEST_F(PlacesTest, AFirstMemberCastToItsRecordIsTheRecord) {
  PlaceId First = Places.field(Whole, F);
  PlaceId Deep = Places.field(First, G);
  EXPECT_EQ(Places.field(First, F), First);
  EXPECT_EQ(Places.field(Deep, F), First);
  EXPECT_EQ(Places.field(Places.element(First, 0), F), First);
  EXPECT_EQ(Places.container(Places.field(Deep, F), F), Whole);
}

TEST_F(PlacesTest, MembersOfDifferentRecordsInOnePlaceOverlap) {
  PlaceId Mine = Places.field(Whole, F), Cast = Places.field(Whole, G);
  EXPECT_TRUE(Places.doOverlap(Mine, Cast));
  EXPECT_TRUE(Places.doOverlap(Mine, Whole));
  EXPECT_TRUE(Places.doOverlap(Whole, Mine));
  EXPECT_FALSE(Places.doOverlap(Cast, Places.field(Whole, Member)));
  EXPECT_FALSE(
      Places.doOverlap(Mine, Places.field(Places.whole(ObjectId(1)), G)));
  EXPECT_FALSE(
      Places.doOverlap(Places.element(Whole, 1), Places.element(Whole, 2)));
  PlaceId Heap = Places.heap(FunctionId(0), EventId(0));
  EXPECT_FALSE(Places.doOverlap(Places.field(Heap, F), Places.field(Heap, G)));
}

TEST_F(PlacesTest, ContainerLeadsBackFromAField) {
  PlaceId Part = Places.field(Whole, F);
  EXPECT_EQ(Places.container(Part, F), Whole);
  EXPECT_TRUE(Places.isImagined(Places.container(Part, G)));
  EXPECT_TRUE(Places.isImagined(Places.container(Whole, F)));
}

TEST_F(PlacesTest, SomeElementHasTheContentsOfAll) {
  EXPECT_FALSE(Places[Whole].IsArray);
  PlaceId Some = Places.element(Whole);
  EXPECT_EQ(Places.element(Some), Some); // moving on leads to some element
  EXPECT_EQ(Places.cellOf(Some), Whole);
  EXPECT_EQ(Places.cellOf(Places.field(Some, F)), Places.field(Whole, F));
  EXPECT_TRUE(Places[Whole].IsArray);
  // Two pointers to some element may differ, two to the array do not.
  EXPECT_TRUE(Places.isMany(Some));
  EXPECT_TRUE(Places.isMany(Places.field(Some, F)));
  EXPECT_FALSE(Places.isMany(Whole));
}

TEST_F(PlacesTest, ElementsAtKnownIndexesAreParts) {
  PlaceId Third = Places.element(Whole, 3);
  EXPECT_EQ(Places.element(Whole, 3), Third);
  EXPECT_NE(Places.element(Whole, 4), Third);
  EXPECT_TRUE(Places.isInside(Third, Whole));
  EXPECT_EQ(Places[Third].Any, Whole);
  // Their fields know the same field of no element in particular.
  PlaceId Part = Places.field(Third, F);
  EXPECT_EQ(Places[Part].Any, Places.field(Whole, F));
  EXPECT_EQ(Places[Whole].Any, Whole);
}

TEST_F(PlacesTest, MembersThatShareStorageAreOnePlace) {
  PlaceId Shared = Places.field(Whole, Member);
  EXPECT_EQ(Places.field(Whole, Sibling), Shared);
  EXPECT_NE(Places.field(Whole, F), Shared);
  EXPECT_TRUE(Places[Shared].IsArray); // never replaced
  EXPECT_EQ(Places.container(Shared, Member), Whole);
  EXPECT_EQ(Places.container(Shared, Sibling), Whole);
  EXPECT_TRUE(Places.isImagined(Places.container(Shared, F)));
}

TEST_F(PlacesTest, LocalsAreObjectsBehindThoseOfTheProgram) {
  PlaceId Local = Places.local(/*Owner=*/7, LocalId(0));
  EXPECT_EQ(Places.local(7, LocalId(0)), Local);
  EXPECT_NE(Places.local(7, LocalId(1)), Local);
  EXPECT_NE(Places.local(8, LocalId(0)), Local);
  EXPECT_TRUE(Places.isLocal(Places[Local].Object));
  EXPECT_FALSE(Places.isLocal(ObjectId(1)));
  EXPECT_GE(Places[Local].Object.Value, P.Objects.size());
}

} // namespace
