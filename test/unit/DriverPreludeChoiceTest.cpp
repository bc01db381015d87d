#include "tool/driver/PreludeChoice.h"

#include "gmock/gmock.h"

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
    List.push_back({std::move(Header), /*Bytes=*/1});
  return List;
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

TEST(PreludeChoice, CommonHeadersComeInTheOrderOfTheFirstUnit) {
  auto Chosen = chooseHeaders({including({"b.h", "own.h", "a.h"}),
                               including({"a.h", "b.h"}),
                               including({"c.h", "a.h"}), including({"c.h"})},
                              /*Share=*/0.5);
  EXPECT_THAT(Chosen, ElementsAre("b.h", "a.h", "c.h"));
}
