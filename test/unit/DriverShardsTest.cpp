#include "tool/driver/Shards.h"

#include "TestFolder.h"
#include "gtest/gtest.h"
#include <set>

using namespace bootorder;

namespace {

/// Sources of the given sizes.
std::vector<ExtractRequest> requests(const TestFolder &Folder,
                                     const std::vector<size_t> &Sizes) {
  std::vector<ExtractRequest> Requests;
  for (size_t I = 0; I != Sizes.size(); ++I) {
    ExtractRequest Request;
    Request.Directory = Folder.path("");
    Request.File = Folder.path("s" + std::to_string(I) + ".c");
    Request.Output = "s" + std::to_string(I) + ".o";
    EXPECT_FALSE(writeFile(Request.File, std::string(Sizes[I], ' ')));
    Requests.push_back(Request);
  }
  return Requests;
}

TreeUnits units(std::vector<ExtractRequest> Requests) {
  TreeUnits Units;
  Units.Requests = std::move(Requests);
  Units.Lost = {{"gone.o", "no command", "gone.o"}};
  return Units;
}

TEST(Shards, TakeIndexAndCount) {
  ShardChoice Choice = llvm::cantFail(parseShard("2/8"));
  EXPECT_EQ(Choice.Index, 2u);
  EXPECT_EQ(Choice.Count, 8u);
  for (const char *Wrong :
       {"", "2", "0/4", "5/4", "1/0", "a/b", "1/10001", "1/2/3", "-1/2"})
    EXPECT_TRUE(llvm::errorToBool(parseShard(Wrong).takeError())) << Wrong;
}

TEST(Shards, NoUnitIsLostOrThereTwice) {
  TestFolder Folder;
  auto Requests = requests(Folder, {10, 500, 90000, 3, 40000, 0, 7, 1200});
  for (unsigned Count : {1u, 2u, 3u, 8u, 11u}) {
    std::multiset<std::string> Seen;
    std::set<std::string> Cuts;
    for (unsigned Index = 1; Index <= Count; ++Index) {
      TreeUnits Units = units(Requests);
      ShardCut Cut = takeShard(Units, {Index, Count});
      EXPECT_EQ(Cut.Units, 9);
      Cuts.insert(Cut.Cut.hex());
      for (const ExtractRequest &Request : Units.Requests)
        Seen.insert(Request.Output);
    }
    EXPECT_EQ(Seen.size(), Requests.size());
    EXPECT_EQ(std::set<std::string>(Seen.begin(), Seen.end()).size(),
              Requests.size());
    EXPECT_EQ(Cuts.size(), 1u) << "all shards see one cut";
  }
}

TEST(Shards, LargeSourcesAreSpread) {
  TestFolder Folder;
  auto Requests =
      requests(Folder, {900000, 900000, 10, 10, 900000, 10, 10, 900000});
  std::vector<unsigned> Cut = cutIntoShards(Requests, 4);
  EXPECT_EQ((std::set<unsigned>{Cut[0], Cut[1], Cut[4], Cut[7]}).size(), 4u);
}

TEST(Shards, AnotherSizeIsAnotherCut) {
  TestFolder Folder;
  auto Requests = requests(Folder, {10, 20000, 30000});
  TreeUnits Before = units(Requests), After = units(Requests);
  ShardCut Small = takeShard(Before, {1, 2});
  ASSERT_FALSE(writeFile(Requests[0].File, std::string(100000, ' ')));
  EXPECT_NE(takeShard(After, {1, 2}).Cut, Small.Cut);
}

} // namespace
