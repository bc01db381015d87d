//===- CanonicalHeaders.cpp - one identity per header function ------------===//

#include "model/CanonicalHeaders.h"
#include "model/FactsHash.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace bootorder;

namespace {

/// Header functions as nodes of a graph: who names whom.
struct HeaderGraph {
  std::vector<uint64_t> Own;                ///< hash of the facts alone
  std::vector<std::vector<uint32_t>> Named; ///< in the order of the symbols
};

using KeyMap = llvm::DenseMap<uint64_t, uint64_t>;

} // namespace

static llvm::DenseMap<uint64_t, uint32_t>
indexByKey(const std::vector<HeaderFacts> &Headers) {
  llvm::DenseMap<uint64_t, uint32_t> Index;
  for (uint32_t I = 0; I != Headers.size(); ++I)
    Index[Headers[I].Key] = I;
  return Index;
}

static HeaderGraph graphOf(const std::vector<HeaderFacts> &Headers) {
  llvm::DenseMap<uint64_t, uint32_t> Index = indexByKey(Headers);
  HeaderGraph Graph;
  for (const HeaderFacts &Header : Headers) {
    Graph.Own.push_back(hashFacts(Header.Module));
    Graph.Named.emplace_back();
    for (const Symbol &S : Header.Module.Symbols) {
      if (S.HeaderKey == 0)
        continue;
      auto Found = Index.find(S.HeaderKey);
      Graph.Named.back().push_back(Found == Index.end() ? ~0u : Found->second);
    }
  }
  return Graph;
}

static size_t countClasses(std::vector<uint64_t> Classes) {
  llvm::sort(Classes);
  return std::unique(Classes.begin(), Classes.end()) - Classes.begin();
}

/// Splits classes by what their members name, until no class splits.
static std::vector<uint64_t> refine(const HeaderGraph &Graph) {
  std::vector<uint64_t> Classes = Graph.Own;
  for (size_t Before = 0, Count = countClasses(Classes); Count != Before;) {
    std::vector<uint64_t> Next(Classes.size());
    for (size_t I = 0; I != Classes.size(); ++I) {
      Next[I] = Graph.Own[I];
      for (uint32_t Named : Graph.Named[I])
        Next[I] = mixHash(Next[I], Named == ~0u ? 0 : Classes[Named]);
    }
    Classes = std::move(Next);
    Before = Count;
    Count = countClasses(Classes);
  }
  return Classes;
}

static uint64_t canonical(uint64_t Key, const KeyMap &Keys) {
  auto Found = Keys.find(Key);
  return Found == Keys.end() ? Key : Found->second;
}

static void rewrite(FactsModule &Module, const KeyMap &Keys) {
  for (Symbol &S : Module.Symbols)
    if (S.HeaderKey != 0)
      S.HeaderKey = canonical(S.HeaderKey, Keys);
}

/// Marks what \p Key leads to; the result is in no particular order.
static std::vector<uint32_t>
reachable(const std::vector<uint64_t> &From, const HeaderGraph &Graph,
          const llvm::DenseMap<uint64_t, uint32_t> &Index) {
  std::vector<bool> Seen(Graph.Own.size());
  std::vector<uint32_t> Found;
  auto Add = [&](uint32_t Header) {
    if (Header == ~0u || Seen[Header])
      return;
    Seen[Header] = true;
    Found.push_back(Header);
  };
  for (uint64_t Key : From)
    if (auto It = Index.find(Key); It != Index.end())
      Add(It->second);
  for (size_t I = 0; I != Found.size(); ++I)
    llvm::for_each(Graph.Named[Found[I]], Add);
  return Found;
}

static void addNotes(TuFacts &Unit, const std::vector<HeaderFacts> &Headers,
                     const std::vector<uint32_t> &Used) {
  for (uint32_t Header : Used)
    Unit.Notes.insert(Unit.Notes.end(), Headers[Header].Notes.begin(),
                      Headers[Header].Notes.end());
  auto Order = [](const ParseNote &N) {
    return std::tie(N.File, N.Line, N.Column, N.Message);
  };
  llvm::sort(Unit.Notes, [&](const ParseNote &A, const ParseNote &B) {
    return Order(A) < Order(B);
  });
  auto IsSame = [&](const ParseNote &A, const ParseNote &B) {
    return Order(A) == Order(B);
  };
  Unit.Notes.erase(std::unique(Unit.Notes.begin(), Unit.Notes.end(), IsSame),
                   Unit.Notes.end());
}

/// Keeps one header function per key, by key.
static void mergeEqual(std::vector<HeaderFacts> &Headers) {
  llvm::sort(Headers, [](const HeaderFacts &A, const HeaderFacts &B) {
    return A.Key < B.Key;
  });
  Headers.erase(std::unique(Headers.begin(), Headers.end(),
                            [](const HeaderFacts &A, const HeaderFacts &B) {
                              return A.Key == B.Key;
                            }),
                Headers.end());
}

/// Makes errors in bodies notes of the units that use them.
static void handOutNotes(std::vector<TuFacts> &Units,
                         std::vector<HeaderFacts> &Headers) {
  if (llvm::all_of(Headers,
                   [](const HeaderFacts &H) { return H.Notes.empty(); }))
    return;
  HeaderGraph Graph = graphOf(Headers);
  llvm::DenseMap<uint64_t, uint32_t> Index = indexByKey(Headers);
  for (TuFacts &Unit : Units)
    addNotes(Unit, Headers, reachable(Unit.HeaderKeys, Graph, Index));
  for (HeaderFacts &Header : Headers)
    Header.Notes.clear();
}

/// Drops what no unit uses. Keys are canonical.
static void keepUsed(const std::vector<TuFacts> &Units,
                     std::vector<HeaderFacts> &Headers) {
  HeaderGraph Graph = graphOf(Headers);
  llvm::DenseMap<uint64_t, uint32_t> Index = indexByKey(Headers);
  std::vector<uint64_t> AllKeys;
  for (const TuFacts &Unit : Units)
    AllKeys.insert(AllKeys.end(), Unit.HeaderKeys.begin(),
                   Unit.HeaderKeys.end());
  std::vector<bool> IsUsed(Headers.size());
  for (uint32_t Used : reachable(AllKeys, Graph, Index))
    IsUsed[Used] = true;
  size_t Kept = 0;
  for (size_t I = 0; I != Headers.size(); ++I) {
    if (IsUsed[I] && Kept != I)
      Headers[Kept] = std::move(Headers[I]);
    Kept += IsUsed[I];
  }
  Headers.resize(Kept);
}

/// Gives every header function the key of its class.
static void renameByClass(std::vector<TuFacts> &Units,
                          std::vector<HeaderFacts> &Headers) {
  std::vector<uint64_t> Classes = refine(graphOf(Headers));
  KeyMap Keys;
  for (size_t I = 0; I != Headers.size(); ++I)
    Keys[Headers[I].Key] = Classes[I] ? Classes[I] : 1;
  for (HeaderFacts &Header : Headers) {
    Header.Key = canonical(Header.Key, Keys);
    rewrite(Header.Module, Keys);
  }
  mergeEqual(Headers);
  for (TuFacts &Unit : Units) {
    rewrite(Unit.Module, Keys);
    for (uint64_t &Key : Unit.HeaderKeys)
      Key = canonical(Key, Keys);
    llvm::sort(Unit.HeaderKeys);
    Unit.HeaderKeys.erase(
        std::unique(Unit.HeaderKeys.begin(), Unit.HeaderKeys.end()),
        Unit.HeaderKeys.end());
  }
}

void bootorder::canonicaliseHeaders(std::vector<TuFacts> &Units,
                                    std::vector<HeaderFacts> &Headers) {
  // Equal facts may come of bodies with other errors: before they become one,
  // each unit gets the errors of what it has read itself.
  handOutNotes(Units, Headers);
  renameByClass(Units, Headers);
  keepUsed(Units, Headers);
  // How often classes were split shows in the keys, and so does what was
  // dropped. From here on only functions in use count.
  renameByClass(Units, Headers);
}
