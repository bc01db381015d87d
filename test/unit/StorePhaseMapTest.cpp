#include "store/PhaseMapFile.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace bootorder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

static PhaseMap sample() {
  PhaseMap Map;
  Map.Kernel = "6.12.1";
  Map.Arch = "x86";
  Map.Rules = "abc";
  Map.IsStrict = true;
  Map.Constants = {{"WAIT", -16}};
  MapStep Step;
  Step.Function = "start_kernel";
  Step.File = "init/main.c";
  Step.Place = {"init/main.c", 7, 2};
  Step.IsDescended = true;
  Map.Steps = {Step};
  Map.Milestones = {{"ready", 1, 0}};
  MapValue Several, Bits;
  Several.Numbers = {-1, 4};
  Bits.Ones = 1;
  Bits.Zeros = 8;
  Bits.IsNonZero = true;
  Map.Globals = {"state", "mm/a.c:state"};
  Map.Changes = {{0, 1, Several}};
  MapFrame First, Second, Other;
  First.Function = "start_kernel";
  First.Place = {"init/main.c", 9, 3};
  Second.Caller = 0;
  Second.Function = "setup";
  Second.Evidence = "from ops";
  Other.Function = "unused";
  Map.Frames = {First, Other, Second};
  Map.Functions = {{"other", "a.c", {}},
                   {"run", "mm/b.c", {{{Bits}, {{0, 3}, {5, 5}}, 2}}},
                   {"stop", "mm/b.c", {}},
                   {"late", "z.c", {}}};
  Map.Effects = {{"alloc", "waits", "schedule", 1, 0x10, {{0, 2}}}};
  Map.Files = {{"a.c", 1}, {"mm/b.c", 2}, {"z.c", 3}};
  Map.Shared.Source = "phase map";
  return Map;
}

static llvm::Expected<PhaseMapFile> open(std::string Bytes) {
  return PhaseMapFile::read(llvm::MemoryBuffer::getMemBufferCopy(Bytes), "m");
}

static std::string errorOf(std::string Bytes) {
  llvm::Expected<PhaseMapFile> File = open(std::move(Bytes));
  return File ? "none" : llvm::toString(File.takeError());
}

TEST(StorePhaseMap, ReadsBackWhatAUnitNeeds) {
  llvm::Expected<PhaseMapFile> File = open(encodePhaseMap(sample()));
  ASSERT_TRUE(!!File) << llvm::toString(File.takeError());
  llvm::Expected<PhaseMap> Map = File->mapFor({"mm/b.c", "none.c"});
  ASSERT_TRUE(!!Map) << llvm::toString(Map.takeError());
  EXPECT_EQ(Map->Kernel, "6.12.1");
  EXPECT_TRUE(Map->IsStrict);
  EXPECT_EQ(Map->Constants, sample().Constants);
  ASSERT_EQ(Map->Steps.size(), 1u);
  EXPECT_EQ(Map->Steps[0].Place.Line, 7u);
  EXPECT_TRUE(Map->Steps[0].IsDescended);
  EXPECT_EQ(Map->Steps[0].Parent, MapStep::None);
  EXPECT_THAT(Map->Globals, ElementsAre("state", "mm/a.c:state"));
  ASSERT_EQ(Map->Changes.size(), 1u);
  EXPECT_EQ(Map->Changes[0].Holds, sample().Changes[0].Holds);
  ASSERT_EQ(Map->Effects.size(), 1u);
  EXPECT_EQ(Map->Effects[0].Mask, 0x10u);
  EXPECT_EQ(Map->Shared.Source, "phase map");
}

TEST(StorePhaseMap, KeepsTheFramesThatLeadToAUnit) {
  llvm::Expected<PhaseMapFile> File = open(encodePhaseMap(sample()));
  ASSERT_TRUE(!!File) << llvm::toString(File.takeError());
  llvm::Expected<PhaseMap> Map = File->mapFor({"mm/b.c"});
  ASSERT_TRUE(!!Map) << llvm::toString(Map.takeError());
  ASSERT_EQ(Map->Functions.size(), 2u);
  EXPECT_EQ(Map->Functions[1].Name, "stop");
  ASSERT_EQ(Map->Functions[0].Entries.size(), 1u);
  const MapEntry &Entry = Map->Functions[0].Entries[0];
  EXPECT_EQ(Entry.Args, sample().Functions[1].Entries[0].Args);
  EXPECT_EQ(Entry.Steps.size(), 2u);
  ASSERT_EQ(Map->Frames.size(), 2u);
  ASSERT_EQ(Entry.Frame, 1u);
  EXPECT_EQ(Map->Frames[1].Evidence, "from ops");
  EXPECT_EQ(Map->Frames[1].Caller, 0u);
  EXPECT_EQ(Map->Frames[0].Place.Line, 9u);
}

TEST(StorePhaseMap, KnowsFilesByPath) {
  llvm::Expected<PhaseMapFile> File = open(encodePhaseMap(sample()));
  ASSERT_TRUE(!!File) << llvm::toString(File.takeError());
  EXPECT_EQ(File->digestOf("mm/b.c"), 2u);
  EXPECT_EQ(File->digestOf("z.c"), 3u);
  EXPECT_EQ(File->digestOf("b.c"), std::nullopt);
}

TEST(StorePhaseMap, RefusesWhatIsNoWholeMap) {
  std::string Good = encodePhaseMap(sample());
  EXPECT_EQ(errorOf(Good), "none");
  EXPECT_THAT(errorOf("int main() {}"), HasSubstr("is no phase map; make it"));
  EXPECT_THAT(errorOf(Good.substr(0, 20)), HasSubstr("is cut short"));
  EXPECT_THAT(errorOf(Good.substr(0, Good.size() - 1)),
              HasSubstr("is cut short"));
  std::string Other = Good;
  ++Other[8];
  EXPECT_THAT(errorOf(Other), HasSubstr("another version of bootorder"));
  for (size_t At = 24; At < Good.size(); At += 7) {
    std::string Bad = Good;
    Bad[At] ^= 1;
    EXPECT_THAT(errorOf(Bad), HasSubstr("is damaged")) << At;
  }
}

TEST(StorePhaseMap, EqualMapsAreEqualBytes) {
  EXPECT_EQ(encodePhaseMap(sample()), encodePhaseMap(sample()));
}

TEST(StorePhaseMap, ALongChainOfFramesIsCopied) {
  constexpr uint32_t Length = 300000;
  PhaseMap Map = sample();
  Map.Frames.resize(Length);
  for (uint32_t I = 1; I != Length; ++I)
    Map.Frames[I].Caller = I - 1;
  Map.Functions[1].Entries[0].Frame = Length - 1;
  llvm::Expected<PhaseMapFile> File = open(encodePhaseMap(Map));
  ASSERT_TRUE(!!File) << llvm::toString(File.takeError());
  llvm::Expected<PhaseMap> Read = File->mapFor({"mm/b.c"});
  ASSERT_TRUE(!!Read) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->Frames.size(), Length);
  EXPECT_EQ(Read->Frames[Length - 1].Caller, Length - 2);
}
