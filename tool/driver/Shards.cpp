#include "tool/driver/Shards.h"

#include "support/Error.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include <queue>

using namespace llvm;

namespace bootorder {

static constexpr unsigned MaxShards = 10000;

/// What a unit costs beside its own text, as bytes of text: the headers that no
/// prelude has.
static constexpr uint64_t CostOfHeaders = 16 * 1024;

Expected<ShardChoice> parseShard(StringRef Text) {
  ShardChoice Choice;
  auto [Index, Count] = Text.split('/');
  if (Index.getAsInteger(10, Choice.Index) ||
      Count.getAsInteger(10, Choice.Count) || Choice.Index == 0 ||
      Choice.Index > Choice.Count || Choice.Count > MaxShards)
    return makeError("'" + Text +
                     "' is no shard; give I/N, the I-th of N parts, such as "
                     "2/8, with N at most " +
                     Twine(MaxShards));
  return Choice;
}

static uint64_t costOf(const ExtractRequest &Unit) {
  uint64_t Size = 0;
  if (sys::fs::file_size(absolutePath(Unit.File, Unit.Directory), Size))
    Size = 0; // a source that is not there is lost in its shard
  return Size + CostOfHeaders;
}

std::vector<unsigned> cutIntoShards(ArrayRef<ExtractRequest> Units,
                                    unsigned Count) {
  std::vector<std::pair<uint64_t, size_t>> Largest;
  for (size_t I = 0; I != Units.size(); ++I)
    Largest.push_back({costOf(Units[I]), I});
  llvm::sort(Largest, [](const auto &A, const auto &B) {
    return A.first != B.first ? A.first > B.first : A.second < B.second;
  });
  using Load = std::pair<uint64_t, unsigned>; // cost so far, shard
  std::priority_queue<Load, std::vector<Load>, std::greater<Load>> Shards;
  for (unsigned Shard = 1; Shard <= Count; ++Shard)
    Shards.push({0, Shard});
  std::vector<unsigned> Cut(Units.size());
  for (auto [Cost, Unit] : Largest) {
    auto [Sum, Shard] = Shards.top();
    Shards.pop();
    Cut[Unit] = Shard;
    Shards.push({Sum + Cost, Shard});
  }
  return Cut;
}

static void addCommand(DigestBuilder &Builder, const ExtractRequest &Unit) {
  Builder.add(Unit.Directory).add(Unit.File).add(Unit.Output);
  Builder.add(uint64_t(Unit.Kind)).add(uint64_t(Unit.Arguments.size()));
  for (const std::string &Argument : Unit.Arguments)
    Builder.add(Argument);
}

ShardCut takeShard(TreeUnits &Units, ShardChoice Choice) {
  std::vector<unsigned> Cut = cutIntoShards(Units.Requests, Choice.Count);
  DigestBuilder Builder;
  std::vector<ExtractRequest> Own;
  for (size_t I = 0; I != Cut.size(); ++I) {
    addCommand(Builder, Units.Requests[I]);
    Builder.add(uint64_t(Cut[I]));
    if (Cut[I] == Choice.Index)
      Own.push_back(Units.Requests[I]);
  }
  int64_t All = Cut.size() + Units.Lost.size();
  Units.Requests = std::move(Own);
  return {Builder.take(), All};
}

} // namespace bootorder
