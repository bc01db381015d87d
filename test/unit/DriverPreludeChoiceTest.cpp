#include "tool/driver/PreludeChoice.h"

#include "gmock/gmock.h"
#include <algorithm>

using namespace bootorder;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

namespace {

ExtractRequest unit(std::vector<std::string> Arguments) {
  ExtractRequest Request;
  Request.Directory = "/tree";
  Request.Arguments = std::move(Arguments);
  return Request;
}

std::vector<IncludedHeader> including(std::vector<std::string> Headers) {
  std::vector<IncludedHeader> List;
  for (std::string &Header : Headers)
    List.push_back({std::move(Header), /*Bytes=*/1, /*IsWhole=*/true});
  return List;
}

std::vector<std::string>
choose(std::vector<std::vector<IncludedHeader>> Lists, size_t MinimumUsers) {
  std::vector<std::string> Paths;
  for (const ChosenHeader &Header : chooseHeaders(Lists, MinimumUsers))
    Paths.push_back(Header.Path);
  return Paths;
}

} // namespace

TEST(PreludeChoice, UnitsWithOtherFlagsAreAnotherGroup) {
  auto Groups = groupForPreludes({unit({"-Iinclude", "-m64"}),
                                  unit({"-Iinclude", "-m16"}),
                                  unit({"-Iinclude", "-m64", "-Wall", "-DX"})},
                                 /*MinimumUnits=*/2);
  ASSERT_EQ(Groups.size(), 1u);
  EXPECT_THAT(Groups[0].Units, ElementsAre(0, 2));
  EXPECT_THAT(Groups[0].Arguments, ElementsAre("-Iinclude", "-m64"));
}

TEST(PreludeChoice, OnlyTheFirstFoldersAreCommon) {
  auto Groups = groupForPreludes(
      {unit({"-Ia", "-I", "b", "-Ic"}), unit({"-Ia", "-Ib", "-Id"})},
      /*MinimumUnits=*/2);
  ASSERT_EQ(Groups.size(), 1u);
  EXPECT_THAT(Groups[0].Arguments, ElementsAre("-Ia", "-Ib"));
}

TEST(PreludeChoice, MacrosOfOneUnitAreLeftToIt) {
  auto Groups = groupForPreludes({unit({"-DALL=1", "-DNAME=\"a\"", "-DONE"}),
                                  unit({"-DALL=1", "-DNAME=\"b\""})},
                                 /*MinimumUnits=*/2);
  ASSERT_EQ(Groups.size(), 1u);
  EXPECT_THAT(Groups[0].Arguments, Contains("-DALL=1"));
  EXPECT_THAT(Groups[0].Arguments, Contains("-DNAME=\"(prelude)\""));
  EXPECT_THAT(Groups[0].Arguments, Not(Contains("-DONE")));
}

TEST(PreludeChoice, AssemblyHasNoPrelude) {
  ExtractRequest Assembly = unit({"-m64"});
  Assembly.Kind = UnitKind::Assembly;
  EXPECT_TRUE(groupForPreludes({Assembly, Assembly}, 1).empty());
}

TEST(PreludeChoice, SamplesAreSpreadEvenly) {
  std::vector<size_t> Units(100);
  for (size_t I = 0; I != Units.size(); ++I)
    Units[I] = I;
  EXPECT_THAT(sampleOf(Units, 4), ElementsAre(12, 37, 62, 87));
  EXPECT_THAT(sampleOf({5, 6}, 4), ElementsAre(5, 6));
}

TEST(PreludeChoice, UnitsThatSearchMoreFoldersAreAGroupBesideTheOthers) {
  std::vector<ExtractRequest> Units(20, unit({"-Ia"}));
  Units[3] = Units[5] = unit({"-Ia", "-Iown"});
  Units[7] = unit({"-Ia", "-Ialone"});
  auto Groups = groupForPreludes(Units, /*MinimumUnits=*/2);
  ASSERT_EQ(Groups.size(), 2u);
  EXPECT_THAT(Groups[0].Arguments, ElementsAre("-Ia"));
  EXPECT_EQ(Groups[0].Units.size(), 18u); // with the one that is alone
  EXPECT_EQ(Groups[0].Wider, std::nullopt);
  EXPECT_THAT(Groups[1].Arguments, ElementsAre("-Ia", "-Iown"));
  EXPECT_THAT(Groups[1].Units, ElementsAre(3, 5));
  EXPECT_EQ(Groups[1].Wider, 0u);
}

TEST(PreludeChoice, HeadersOfEnoughUnitsThatStandAloneAreChosen) {
  std::vector<IncludedHeader> Broken = including({"a.h", "broken.h"});
  Broken[1].IsWhole = false;
  EXPECT_THAT(choose({including({"a.h", "own.h"}), Broken, Broken}, 2),
              ElementsAre("a.h"));
}

TEST(PreludeChoice, MostUnitsDecideWhichHeaderComesFirst) {
  EXPECT_THAT(choose({including({"z.h", "b.h", "a.h"}),
                      including({"a.h", "b.h"}),
                      including({"z.h", "b.h", "a.h"}), including({"z.h"})},
                     2),
              ElementsAre("z.h", "b.h", "a.h"));
}

/// Units that have an inner header first are few: the others read it through
/// the outer one, which may have to prepare it.
TEST(PreludeChoice, AHeaderWaitsForTheOneThatMostReachItThrough) {
  EXPECT_THAT(choose({including({"inner.h"}), including({"inner.h"}),
                      including({"first.h", "outer.h", "inner.h"}),
                      including({"outer.h", "inner.h"}),
                      including({"first.h", "outer.h", "inner.h"})},
                     2),
              ElementsAre("first.h", "outer.h", "inner.h"));
}

TEST(PreludeChoice, TheOrderOfTheUnitsDoesNotMatter) {
  std::vector<std::vector<IncludedHeader>> Lists = {
      including({"a.h", "b.h"}), including({"b.h", "a.h"}),
      including({"c.h", "b.h"}), including({"a.h", "c.h"})};
  std::vector<std::string> Order = choose(Lists, 1);
  for (int I = 0; I != 3; ++I) {
    std::rotate(Lists.begin(), Lists.begin() + 1, Lists.end());
    EXPECT_EQ(choose(Lists, 1), Order);
  }
}

TEST(PreludeChoice, APreludeThatSavesLessThanItCostsDoesNotPay) {
  std::vector<ChosenHeader> Wider = {{"common.h", 1000, 50}};
  std::vector<ChosenHeader> Own = {{"common.h", 1000, 5}, {"own.h", 100, 5}};
  EXPECT_FALSE(pays(Own, /*UnitsPerUser=*/1, Wider)); // 500 for 1650
  EXPECT_TRUE(pays(Own, /*UnitsPerUser=*/1, {}));
  EXPECT_TRUE(pays(Own, /*UnitsPerUser=*/10, Wider));
}
