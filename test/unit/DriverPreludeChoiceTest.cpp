#include "tool/driver/PreludeChoice.h"

#include "gmock/gmock.h"
#include <algorithm>
#include <map>

using namespace bootorder;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::UnorderedElementsAre;

namespace {

ExtractRequest unit(std::vector<std::string> Arguments) {
  ExtractRequest Request;
  Request.Directory = "/tree";
  Request.Arguments = std::move(Arguments);
  return Request;
}

/// What the units of a test read, by name.
using NameLists = std::vector<std::vector<std::string>>;

/// A header whose name begins with '!' is not whole.
std::vector<std::string> choose(const NameLists &Units, size_t MinimumUsers) {
  std::vector<GraphHeader> Headers;
  std::map<std::string, uint32_t> Indices;
  std::vector<std::vector<uint32_t>> Lists;
  for (const std::vector<std::string> &Unit : Units) {
    Lists.emplace_back();
    for (const std::string &Name : Unit) {
      auto [It, IsNew] = Indices.try_emplace(Name, Headers.size());
      if (IsNew)
        Headers.push_back({Name, /*Bytes=*/1, /*IsWhole=*/Name[0] != '!', {}});
      Lists.back().push_back(It->second);
    }
  }
  std::vector<std::string> Paths;
  for (const ChosenHeader &Header : chooseHeaders(Headers, Lists, MinimumUsers))
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
  EXPECT_THAT(
      choose({{"a.h", "own.h"}, {"a.h", "!broken.h"}, {"!broken.h"}}, 2),
      ElementsAre("a.h"));
}

TEST(PreludeChoice, MostUnitsDecideWhichHeaderComesFirst) {
  EXPECT_THAT(choose({{"z.h", "b.h", "a.h"},
                      {"a.h", "b.h"},
                      {"z.h", "b.h", "a.h"},
                      {"z.h"}},
                     2),
              ElementsAre("z.h", "b.h", "a.h"));
}

/// Units that have an inner header first are few: the others read it through
/// the outer one, which may have to prepare it.
TEST(PreludeChoice, AHeaderWaitsForTheOneThatMostReachItThrough) {
  EXPECT_THAT(choose({{"inner.h"},
                      {"inner.h"},
                      {"first.h", "outer.h", "inner.h"},
                      {"outer.h", "inner.h"},
                      {"first.h", "outer.h", "inner.h"}},
                     2),
              ElementsAre("first.h", "outer.h", "inner.h"));
}

TEST(PreludeChoice, TheOrderOfTheUnitsDoesNotMatter) {
  NameLists Lists = {
      {"a.h", "b.h"}, {"b.h", "a.h"}, {"c.h", "b.h"}, {"a.h", "c.h"}};
  std::vector<std::string> Order = choose(Lists, 1);
  for (int I = 0; I != 3; ++I) {
    std::rotate(Lists.begin(), Lists.begin() + 1, Lists.end());
    EXPECT_EQ(choose(Lists, 1), Order);
  }
}

/// Not every list of a large tree is asked for the order.
TEST(PreludeChoice, AHeaderOfFewAmongManyUnitsIsChosenToo) {
  NameLists Lists(2000, {"common.h"});
  Lists[0] = Lists[1] = {"rare.h", "common.h"};
  EXPECT_THAT(choose(Lists, 2), UnorderedElementsAre("rare.h", "common.h"));
}

TEST(PreludeChoice, APreludeThatSavesLessThanItCostsDoesNotPay) {
  std::vector<ChosenHeader> Wider = {{"common.h", 1000, 50}};
  std::vector<ChosenHeader> Own = {{"common.h", 1000, 5}, {"own.h", 100, 5}};
  EXPECT_FALSE(pays(Own, Wider)); // 500 for 1650
  EXPECT_TRUE(pays(Own, {}));
  Own[1].Users = 20;
  EXPECT_TRUE(pays(Own, Wider)); // 2000 for 1650
}
