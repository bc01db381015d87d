#include "tool/driver/MergeFacts.h"

#include "model/CanonicalHeaders.h"
#include "store/FactsFile.h"
#include "support/Error.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <set>

using namespace llvm;

namespace bootorder {

/// \p What of \p A and \p B differs.
static Error differ(const NamedFacts &A, const NamedFacts &B,
                    const Twine &What) {
  return makeError("'" + A.Name + "' and '" + B.Name + "' " + What);
}

static std::string nameOf(const TreeDescription &Tree) {
  return "Linux " + Tree.Kernel + " " + Tree.Arch;
}

/// A configuration symbol that one of the two has and the other has not.
static std::string differingSymbol(const TreeDescription &A,
                                   const TreeDescription &B) {
  if (!A.Config || !B.Config)
    return "one of them is not known";
  std::vector<std::string> Symbols;
  std::set_symmetric_difference(A.Config->begin(), A.Config->end(),
                                B.Config->begin(), B.Config->end(),
                                std::back_inserter(Symbols));
  return "only one has CONFIG_" + Symbols.front();
}

static Error requireSameTree(const NamedFacts &A, const NamedFacts &B) {
  const TreeDescription &X = A.Facts.Tree, &Y = B.Facts.Tree;
  if (nameOf(X) != nameOf(Y))
    return differ(A, B,
                  "are of different trees: " + nameOf(X) + " and " + nameOf(Y));
  if (X.Config != Y.Config)
    return differ(A, B,
                  "are of different configurations: " + differingSymbol(X, Y));
  if (X.SourceRoot != Y.SourceRoot)
    return differ(A, B,
                  "are of trees in different places, '" + X.SourceRoot +
                      "' and '" + Y.SourceRoot +
                      "'; give every machine the tree under one path");
  if (X.IsCaptureComplete != Y.IsCaptureComplete ||
      X.ModuleUnits != Y.ModuleUnits || X.Prefixes != Y.Prefixes)
    return differ(A, B, "are of different captures");
  return Error::success();
}

/// Adds \p More to \p All, with header keys that nothing in \p All has: keys of
/// two shards may be equal by chance, as they say no more than tells functions
/// of one shard apart.
static void append(TreeFacts &All, TreeFacts More, uint64_t &NextKey) {
  DenseMap<uint64_t, uint64_t> Keys;
  for (HeaderFacts &Header : More.Headers)
    Header.Key = Keys[Header.Key] = NextKey++;
  auto Rename = [&](uint64_t &Key) {
    if (auto Found = Keys.find(Key); Found != Keys.end())
      Key = Found->second;
  };
  auto RenameIn = [&](FactsModule &Module) {
    for (Symbol &S : Module.Symbols)
      if (S.HeaderKey != 0)
        Rename(S.HeaderKey);
  };
  for (HeaderFacts &Header : More.Headers)
    RenameIn(Header.Module);
  for (TuFacts &Unit : More.Units) {
    RenameIn(Unit.Module);
    for_each(Unit.HeaderKeys, Rename);
  }
  std::move(More.Headers.begin(), More.Headers.end(),
            std::back_inserter(All.Headers));
  std::move(More.Units.begin(), More.Units.end(),
            std::back_inserter(All.Units));
  append_range(All.Lost, More.Lost);
}

static bool isSameUnit(const TuFacts &A, const TuFacts &B) {
  return A.Source == B.Source && A.Output == B.Output;
}

/// Sorts units and keeps one of each.
static Error mergeUnits(std::vector<TuFacts> &Units) {
  llvm::sort(Units, [](const TuFacts &A, const TuFacts &B) {
    return std::tie(A.Source, A.Output) < std::tie(B.Source, B.Output);
  });
  for (size_t I = 1; I < Units.size(); ++I)
    if (isSameUnit(Units[I - 1], Units[I]) &&
        encodeUnit(Units[I - 1]) != encodeUnit(Units[I]))
      return makeError("the facts of '" + Units[I].Source + "' (" +
                       Units[I].Output +
                       ") are not the same in all folders; the tree has "
                       "changed: extract its shards again");
  Units.erase(std::unique(Units.begin(), Units.end(), isSameUnit), Units.end());
  return Error::success();
}

/// Keeps one of each, the first reason by name, and none that has facts.
static void mergeLost(TreeFacts &Facts) {
  std::set<StringRef> Parsed;
  for (const TuFacts &Unit : Facts.Units)
    Parsed.insert(Unit.Output);
  erase_if(Facts.Lost, [&](const LostUnit &Unit) {
    return Parsed.count(Unit.Output) != 0;
  });
  sortLost(Facts.Lost);
  Facts.Lost.erase(std::unique(Facts.Lost.begin(), Facts.Lost.end(),
                               [](const LostUnit &A, const LostUnit &B) {
                                 return A.Unit == B.Unit &&
                                        A.Output == B.Output;
                               }),
                   Facts.Lost.end());
}

/// Takes over how constants were evaluated by who has the first unit that
/// enters the boot; \p Trees are those of all inputs.
static void chooseConstants(TreeFacts &Facts, ArrayRef<TreeDescription> Trees) {
  StringMap<size_t> Places;
  for (size_t I = 0; I != Facts.Units.size(); ++I)
    Places.try_emplace(Facts.Units[I].Output, I);
  size_t Best = Facts.Units.size();
  for (const TreeDescription &Tree : Trees) {
    auto Place = Places.find(Tree.Like.Output);
    if (Place == Places.end() || Place->second > Best)
      continue;
    // Asked again later, facts know more constants.
    if (Place->second == Best &&
        Tree.Constants.size() <= Facts.Tree.Constants.size())
      continue;
    Best = Place->second;
    Facts.Tree.Like = Tree.Like;
    Facts.Tree.Constants = Tree.Constants;
  }
}

/// The notes of all inputs in one; none if one input is whole.
static Expected<std::optional<ShardNote>>
mergeNotes(ArrayRef<NamedFacts> Inputs) {
  std::optional<ShardNote> All;
  bool HasWhole = false;
  const NamedFacts *First = nullptr;
  for (const NamedFacts &Input : Inputs) {
    if (!Input.Facts.Shard) {
      HasWhole = true;
    } else if (!All) {
      All = Input.Facts.Shard;
      First = &Input;
    } else if (Error E = joinNotes(*All, First->Name, *Input.Facts.Shard,
                                   Input.Name)) {
      return std::move(E);
    }
  }
  return HasWhole ? std::nullopt : All;
}

/// Objects that \p Facts speak of, as facts or as lost.
static std::set<std::string> objectsOf(const TreeFacts &Facts) {
  std::set<std::string> Objects;
  for (const TuFacts &Unit : Facts.Units)
    Objects.insert(Unit.Output);
  for (const LostUnit &Unit : Facts.Lost)
    Objects.insert(Unit.Output);
  return Objects;
}

/// A whole tree has all units that another input has.
static Error requireNothingNew(ArrayRef<NamedFacts> Inputs) {
  auto Whole = find_if(
      Inputs, [](const NamedFacts &Input) { return !Input.Facts.Shard; });
  if (Whole == Inputs.end())
    return Error::success();
  std::set<std::string> Known = objectsOf(Whole->Facts);
  for (const NamedFacts &Input : Inputs) {
    std::set<std::string> Own = objectsOf(Input.Facts);
    for (const std::string &Object : Own)
      if (Known.count(Object) == 0)
        return differ(*Whole, Input,
                      "are of different compile databases: only one has '" +
                          Object + "'");
    if (!Input.Facts.Shard && Own.size() != Known.size())
      return differ(*Whole, Input, "are of different compile databases");
  }
  return Error::success();
}

/// Every unit of the tree must be accounted for once all shards are there.
static Error requireAllUnits(const TreeFacts &Facts) {
  int64_t Known = Facts.Units.size() + Facts.Lost.size();
  if (!Facts.Shard || !Facts.Shard->isWhole() || Known == Facts.Shard->Units)
    return Error::success();
  return makeError("the shards have " + Twine(Known) + " of " +
                   Twine(Facts.Shard->Units) +
                   " units together; extract them again");
}

Expected<TreeFacts> mergeFacts(std::vector<NamedFacts> Inputs) {
  for (const NamedFacts &Input : drop_begin(Inputs))
    if (Error E = requireSameTree(Inputs.front(), Input))
      return std::move(E);
  Expected<std::optional<ShardNote>> Note = mergeNotes(Inputs);
  if (!Note)
    return Note.takeError();
  if (Error E = requireNothingNew(Inputs))
    return std::move(E);

  TreeFacts All;
  All.Tree = Inputs.front().Facts.Tree;
  All.Tree.Like = ExtractRequest();
  All.Tree.Constants.clear();
  All.Shard = std::move(*Note);
  std::vector<TreeDescription> Trees;
  uint64_t NextKey = 1;
  for (NamedFacts &Input : Inputs) {
    Trees.push_back(std::move(Input.Facts.Tree));
    append(All, std::move(Input.Facts), NextKey);
  }
  canonicaliseHeaders(All.Units, All.Headers);
  if (Error E = mergeUnits(All.Units))
    return std::move(E);
  mergeLost(All);
  chooseConstants(All, Trees);
  if (Error E = requireAllUnits(All))
    return std::move(E);
  if (All.Shard && All.Shard->isWhole())
    All.Shard.reset();
  return All;
}

} // namespace bootorder
