#include "tool/driver/MergeFacts.h"

#include "model/FactsBuilder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// A header function `f` at \p Line.
HeaderFacts header(uint64_t Key, uint32_t Line) {
  FactsBuilder B;
  Symbol S;
  S.Name = B.string("f");
  S.Linkage = LinkageKind::Header;
  S.HeaderKey = Key;
  Function F;
  F.Symbol = B.symbol(S);
  F.Loc = {B.string("h.h"), Line, 1};
  F.Blocks.emplace_back();
  B.Module.Functions.push_back(F);
  HeaderFacts Facts;
  Facts.Key = Key;
  Facts.Module = std::move(B).build();
  return Facts;
}

/// Shard \p Part of three with the unit \p Name, which uses a header function
/// at \p Line. Keys of all shards are the same numbers.
NamedFacts part(int64_t Part, const std::string &Name, uint32_t Line = 3) {
  NamedFacts Input;
  Input.Name = "part" + std::to_string(Part);
  TreeFacts &Facts = Input.Facts;
  Facts.Tree.Kernel = "6.12.1";
  Facts.Tree.Arch = "x86";
  TuFacts Unit;
  Unit.Source = Name + ".c";
  Unit.Output = Name + ".o";
  Unit.HeaderKeys = {7};
  Facts.Units = {std::move(Unit)};
  Facts.Headers.push_back(header(7, Line));
  Facts.Shard.emplace();
  Facts.Shard->Of = 3;
  Facts.Shard->Units = 3;
  Facts.Shard->Parts = {Part};
  Facts.Shard->Inputs["/h.h"] = "1";
  return Input;
}

std::vector<NamedFacts> list(NamedFacts A, NamedFacts B) {
  std::vector<NamedFacts> Inputs;
  Inputs.push_back(std::move(A));
  Inputs.push_back(std::move(B));
  return Inputs;
}

std::string errorOf(std::vector<NamedFacts> Inputs) {
  auto Merged = mergeFacts(std::move(Inputs));
  return Merged ? "none" : llvm::toString(Merged.takeError());
}

TEST(MergeFacts, EqualKeysOfTwoShardsNeedNotMeanOneFunction) {
  auto Same = mergeFacts(list(part(1, "a", 3), part(2, "b", 3)));
  ASSERT_TRUE(bool(Same));
  EXPECT_EQ(Same->Headers.size(), 1u);
  auto Other = mergeFacts(list(part(1, "a", 3), part(2, "b", 4)));
  ASSERT_TRUE(bool(Other));
  EXPECT_EQ(Other->Headers.size(), 2u);
  EXPECT_NE(Other->Units[0].HeaderKeys, Other->Units[1].HeaderKeys);
}

TEST(MergeFacts, TheLastShardMakesItWhole) {
  auto Two = mergeFacts(list(part(3, "c"), part(1, "a")));
  ASSERT_TRUE(bool(Two));
  ASSERT_TRUE(Two->Shard.has_value());
  EXPECT_THAT(Two->Shard->Parts, ElementsAre(1, 3));
  EXPECT_THAT(missingParts(*Two->Shard), ElementsAre(2));
  auto All = mergeFacts(list({"two", std::move(*Two)}, part(2, "b")));
  ASSERT_TRUE(bool(All));
  EXPECT_FALSE(All->Shard.has_value());
  EXPECT_EQ(All->Units.size(), 3u);
  EXPECT_EQ(All->Units[1].Source, "b.c");
}

TEST(MergeFacts, AUnitThatAnotherInputHasIsNotLost) {
  NamedFacts Failed = part(1, "a");
  Failed.Facts.Units.clear();
  Failed.Facts.Lost = {{"a.c", "the parser crashed", "a.o"},
                       {"x.c", "gone", "x.o"}};
  auto Merged = mergeFacts(list(std::move(Failed), part(1, "a")));
  ASSERT_TRUE(bool(Merged));
  ASSERT_EQ(Merged->Lost.size(), 1u);
  EXPECT_EQ(Merged->Lost[0].Unit, "x.c");
}

TEST(MergeFacts, ConstantsAreThoseOfTheFirstUnitThatEnters) {
  NamedFacts A = part(1, "a"), B = part(2, "b");
  A.Facts.Tree.Like.Output = "a.o";
  A.Facts.Tree.Constants["h:X"] = 1;
  B.Facts.Tree.Like.Output = "b.o";
  B.Facts.Tree.Constants["h:X"] = 2;
  auto Merged = mergeFacts(list(std::move(B), std::move(A)));
  ASSERT_TRUE(bool(Merged));
  EXPECT_EQ(Merged->Tree.Like.Output, "a.o");
  EXPECT_EQ(Merged->Tree.Constants["h:X"], 1);
}

TEST(MergeFacts, NamesWhatDiffers) {
  NamedFacts Changed = part(2, "b");
  Changed.Facts.Shard->Inputs["/h.h"] = "2";
  EXPECT_EQ(errorOf(list(part(1, "a"), std::move(Changed))),
            "'/h.h' was not the same when 'part1' and 'part2' were extracted; "
            "extract the older one again");
  NamedFacts Moved = part(2, "b");
  Moved.Facts.Tree.SourceRoot = "/mnt";
  EXPECT_THAT(errorOf(list(part(1, "a"), std::move(Moved))),
              HasSubstr("are of trees in different places"));
  EXPECT_THAT(errorOf(list(part(1, "a", 3), part(1, "a", 4))),
              HasSubstr("the facts of 'a.c' (a.o) are not the same"));
}

TEST(MergeFacts, ARevisionThatOneMachineDoesNotKnowFits) {
  NamedFacts Known = part(2, "b"), Other = part(3, "c");
  Known.Facts.Shard->Revision = "abc";
  Other.Facts.Shard->Revision = "def";
  auto Merged = mergeFacts(list(part(1, "a"), std::move(Known)));
  ASSERT_TRUE(bool(Merged));
  EXPECT_EQ(Merged->Shard->Revision, "abc");
  EXPECT_THAT(errorOf(list({"two", std::move(*Merged)}, std::move(Other))),
              HasSubstr("different revisions of the tree: abc and def"));
}

TEST(MergeFacts, ShardsThatLackAUnitAreNoWholeTree) {
  NamedFacts Rest = part(2, "b");
  Rest.Facts.Shard->Parts = {2, 3};
  EXPECT_EQ(errorOf(list(part(1, "a"), std::move(Rest))),
            "the shards have 2 of 3 units together; extract them again");
}

TEST(ShardNote, SurvivesTheRoundTrip) {
  ShardNote Note = *part(2, "b").Facts.Shard;
  Note.Program = "bootorder";
  ShardNote Back = llvm::cantFail(parseShardNote(describeShard(Note)));
  EXPECT_EQ(describeShard(Back), describeShard(Note));
  EXPECT_EQ(Back.Inputs["/h.h"], "1");
}

TEST(ShardNote, RefusesPartsThatAreNone) {
  ShardNote Note = *part(4, "b").Facts.Shard;
  EXPECT_THAT(llvm::toString(parseShardNote(describeShard(Note)).takeError()),
              HasSubstr("its parts are not among 1 to 3"));
  EXPECT_THAT(llvm::toString(parseShardNote("{\"format\": 9}").takeError()),
              HasSubstr("another version"));
}

TEST(ShardNote, ListsNumbers) {
  EXPECT_EQ(listText({4}), "4");
  EXPECT_EQ(listText({1, 2, 7}), "1, 2 and 7");
}

} // namespace
