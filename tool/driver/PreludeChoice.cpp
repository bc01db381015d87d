#include "tool/driver/PreludeChoice.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <set>

using namespace llvm;

namespace bootorder {

namespace {

/// A command in parts.
struct Command {
  std::vector<std::string> Includes; ///< -I folders
  std::vector<std::string> Macros;   ///< what follows -D
  std::vector<std::string> Rest;     ///< but for -W and -U
};

} // namespace

/// The value of option \p Name at \p At, which may be an argument of its own;
/// \p At is then moved to it. None if another option is there.
static std::optional<std::string>
valueOf(StringRef Name, ArrayRef<std::string> Arguments, size_t &At) {
  StringRef Argument = Arguments[At];
  if (!Argument.consume_front(Name))
    return std::nullopt;
  if (!Argument.empty() || At + 1 == Arguments.size())
    return Argument.str();
  return Arguments[++At];
}

static Command split(ArrayRef<std::string> Arguments) {
  Command Result;
  for (size_t I = 0; I != Arguments.size(); ++I) {
    if (auto Folder = valueOf("-I", Arguments, I))
      Result.Includes.push_back(*Folder);
    else if (auto Macro = valueOf("-D", Arguments, I))
      Result.Macros.push_back(*Macro);
    else if (!valueOf("-U", Arguments, I) &&
             (!StringRef(Arguments[I]).starts_with("-W") ||
              StringRef(Arguments[I]).starts_with("-Wp,")))
      Result.Rest.push_back(Arguments[I]);
  }
  return Result;
}

/// Whether \p Count of \p All is nearly all of them.
static bool isCommon(size_t Count, size_t All) { return Count * 10 >= All * 9; }

/// The longest list that the -I of nearly all \p Commands begin with.
static std::vector<std::string>
commonIncludes(ArrayRef<const Command *> Commands) {
  std::vector<std::string> Common;
  std::vector<const Command *> Left = Commands;
  while (true) {
    std::map<std::string, size_t> Next;
    for (const Command *C : Left)
      if (C->Includes.size() > Common.size())
        ++Next[C->Includes[Common.size()]];
    auto Most = std::max_element(
        Next.begin(), Next.end(),
        [](const auto &A, const auto &B) { return A.second < B.second; });
    if (Most == Next.end() || !isCommon(Most->second, Commands.size()))
      return Common;
    size_t At = Common.size();
    Common.push_back(Most->first);
    erase_if(Left, [&](const Command *C) {
      return C->Includes.size() <= At || C->Includes[At] != Common[At];
    });
  }
}

/// -D options for what nearly all \p Commands define.
static std::vector<std::string>
commonMacros(ArrayRef<const Command *> Commands) {
  std::map<std::string, size_t> Whole, Strings;
  for (const Command *C : Commands)
    for (const std::string &Macro : C->Macros) {
      auto [Name, Value] = StringRef(Macro).split('=');
      ++Whole[Macro];
      if (Value.starts_with("\""))
        ++Strings[Name.str()];
    }
  std::vector<std::string> Common;
  for (const auto &[Macro, Count] : Whole)
    if (isCommon(Count, Commands.size()))
      Common.push_back("-D" + Macro);
  for (const auto &[Name, Count] : Strings) {
    bool IsThere = any_of(Common, [&, Start = "-D" + Name + "="](StringRef M) {
      return M.starts_with(Start);
    });
    if (!IsThere && isCommon(Count, Commands.size()))
      Common.push_back("-D" + Name + "=\"(prelude)\"");
  }
  return Common;
}

static bool beginsWith(const Command &C, ArrayRef<std::string> Includes) {
  return ArrayRef<std::string>(C.Includes).take_front(Includes.size()) ==
         Includes;
}

static PreludeGroup groupOf(std::vector<size_t> Units,
                            ArrayRef<std::string> Includes,
                            ArrayRef<Command> Commands) {
  PreludeGroup Group;
  Group.Units = std::move(Units);
  llvm::sort(Group.Units);
  std::vector<const Command *> Members;
  for (size_t Unit : Group.Units)
    Members.push_back(&Commands[Unit]);
  for (const std::string &Folder : Includes)
    Group.Arguments.push_back("-I" + Folder);
  for (std::string &Macro : commonMacros(Members))
    Group.Arguments.push_back(std::move(Macro));
  const std::vector<std::string> &Rest = Members.front()->Rest;
  Group.Arguments.insert(Group.Arguments.end(), Rest.begin(), Rest.end());
  return Group;
}

/// Adds the groups of \p Units, which are alike but for -I, -D and -U.
static void addGroups(ArrayRef<size_t> Units, ArrayRef<Command> Commands,
                      size_t MinimumUnits, std::vector<PreludeGroup> &Out) {
  std::vector<const Command *> Members;
  for (size_t Unit : Units)
    Members.push_back(&Commands[Unit]);
  std::vector<std::string> Shared = commonIncludes(Members);
  // Folders of its own mean headers of its own: worth a prelude of its own.
  std::map<std::vector<std::string>, std::vector<size_t>> BySearch;
  for (size_t Unit : Units)
    if (beginsWith(Commands[Unit], Shared))
      BySearch[Commands[Unit].Includes].push_back(Unit);
  std::vector<size_t> Rest;
  for (auto &[Includes, Searching] : BySearch)
    if (Includes == Shared || Searching.size() < MinimumUnits)
      Rest.insert(Rest.end(), Searching.begin(), Searching.end());
  std::optional<size_t> Wider;
  if (Rest.size() >= MinimumUnits) {
    Wider = Out.size();
    Out.push_back(groupOf(std::move(Rest), Shared, Commands));
  }
  for (auto &[Includes, Searching] : BySearch) {
    if (Includes == Shared || Searching.size() < MinimumUnits)
      continue;
    Out.push_back(groupOf(std::move(Searching), Includes, Commands));
    Out.back().Wider = Wider;
  }
}

std::vector<PreludeGroup> groupForPreludes(ArrayRef<ExtractRequest> Units,
                                           size_t MinimumUnits) {
  std::vector<Command> Commands;
  std::map<std::vector<std::string>, std::vector<size_t>> Alike;
  for (size_t I = 0; I != Units.size(); ++I) {
    Commands.push_back(split(Units[I].Arguments));
    if (Units[I].Kind != UnitKind::C)
      continue;
    std::vector<std::string> Key = Commands.back().Rest;
    Key.push_back(Units[I].Directory);
    Key.push_back(Units[I].SourceRoot);
    Alike[std::move(Key)].push_back(I);
  }
  std::vector<PreludeGroup> Groups;
  for (const auto &[Key, Members] : Alike)
    if (Members.size() >= MinimumUnits)
      addGroups(Members, Commands, MinimumUnits, Groups);
  return Groups;
}

namespace {

/// Merges the orders of many lists.
class MajorityMerge {
public:
  explicit MajorityMerge(size_t Headers)
      : Voters(Headers), Users(Headers), IsPlaced(Headers) {}

  /// \p List: headers, each once. All are added before any is merged.
  void add(std::vector<uint32_t> List) {
    for (uint32_t Header : List)
      ++Users[Header];
    Lists.push_back({std::move(List), 0});
  }

  /// All headers of all lists.
  std::vector<uint32_t> merge() {
    for (size_t List = 0; List != Lists.size(); ++List)
      vote(List);
    std::vector<uint32_t> Order;
    while (!Ranking.empty()) {
      uint32_t Header = Ranking.begin()->second;
      Ranking.erase(Ranking.begin());
      IsPlaced[Header] = true;
      Order.push_back(Header);
      for (size_t List : std::exchange(Voters[Header], {}))
        vote(List);
    }
    return Order;
  }

private:
  struct Ballot {
    std::vector<uint32_t> Headers;
    size_t Next = 0; ///< the first that has not been placed
  };

  /// Lists that would have the header later, less those that have it next.
  std::pair<int64_t, uint32_t> rank(uint32_t Header) const {
    return {int64_t(Users[Header]) - 2 * int64_t(Voters[Header].size()),
            Header};
  }

  void vote(size_t List) {
    Ballot &B = Lists[List];
    while (B.Next != B.Headers.size() && IsPlaced[B.Headers[B.Next]])
      ++B.Next;
    if (B.Next == B.Headers.size())
      return;
    uint32_t Header = B.Headers[B.Next];
    Ranking.erase(rank(Header));
    Voters[Header].push_back(List);
    Ranking.insert(rank(Header));
  }

  std::vector<Ballot> Lists;
  std::vector<std::vector<size_t>> Voters; ///< by header: who has it next
  std::vector<size_t> Users;               ///< by header: who has it
  std::vector<bool> IsPlaced;              ///< by header
  std::set<std::pair<int64_t, uint32_t>> Ranking; ///< of those with voters
};

} // namespace

/// Lists that are asked for the order of headers, if there are so many.
static constexpr size_t EnoughVoters = 320;

/// Of \p Lists at most EnoughVoters, evenly spread, and others until each of
/// \p Headers headers that is in one is in one of them.
static std::vector<size_t> votersOf(ArrayRef<std::vector<uint32_t>> Lists,
                                    size_t Headers) {
  std::vector<bool> IsCovered(Headers), IsVoter(Lists.size());
  auto Add = [&](size_t List) {
    IsVoter[List] = true;
    for (uint32_t Header : Lists[List])
      IsCovered[Header] = true;
  };
  size_t Count = std::min(EnoughVoters, Lists.size());
  for (size_t I = 0; I != Count; ++I)
    Add((2 * I + 1) * Lists.size() / (2 * Count));
  for (size_t List = 0; List != Lists.size(); ++List)
    if (any_of(Lists[List], [&](uint32_t H) { return !IsCovered[H]; }))
      Add(List);
  std::vector<size_t> Voters;
  for (size_t List = 0; List != Lists.size(); ++List)
    if (IsVoter[List])
      Voters.push_back(List);
  return Voters;
}

std::vector<ChosenHeader> chooseHeaders(ArrayRef<GraphHeader> Headers,
                                        ArrayRef<std::vector<uint32_t>> Lists,
                                        size_t MinimumUsers) {
  std::vector<size_t> Users(Headers.size());
  for (const std::vector<uint32_t> &List : Lists)
    for (uint32_t Header : List)
      ++Users[Header];
  std::vector<uint32_t> ByName; // ties are settled by name
  for (uint32_t H = 0; H != Headers.size(); ++H)
    if (Headers[H].IsWhole && Users[H] >= MinimumUsers)
      ByName.push_back(H);
  llvm::sort(ByName, [&](uint32_t A, uint32_t B) {
    return Headers[A].Path < Headers[B].Path;
  });
  DenseMap<uint32_t, uint32_t> Ranks;
  for (uint32_t Rank = 0; Rank != ByName.size(); ++Rank)
    Ranks[ByName[Rank]] = Rank;
  std::vector<std::vector<uint32_t>> Ranked;
  for (const std::vector<uint32_t> &List : Lists) {
    Ranked.emplace_back();
    for (uint32_t Header : List)
      if (auto Found = Ranks.find(Header); Found != Ranks.end())
        Ranked.back().push_back(Found->second);
  }
  MajorityMerge Merge(ByName.size());
  for (size_t List : votersOf(Ranked, ByName.size()))
    Merge.add(std::move(Ranked[List]));
  std::vector<ChosenHeader> Order;
  for (uint32_t Rank : Merge.merge()) {
    const GraphHeader &Header = Headers[ByName[Rank]];
    Order.push_back({Header.Path, Header.Bytes, Users[ByName[Rank]]});
  }
  return Order;
}

/// Of a header in a prelude, where reading it once is 1: it is read and
/// written, and looked up.
static constexpr double CostOfPrelude = 1.5;

bool pays(ArrayRef<ChosenHeader> Own, ArrayRef<ChosenHeader> Wider) {
  StringSet<> There;
  for (const ChosenHeader &Header : Wider)
    There.insert(Header.Path);
  double Cost = 0, Saved = 0;
  for (const ChosenHeader &Header : Own) {
    Cost += CostOfPrelude * Header.Bytes;
    if (!There.contains(Header.Path))
      Saved += double(Header.Users) * Header.Bytes;
  }
  return Saved > Cost;
}

} // namespace bootorder
