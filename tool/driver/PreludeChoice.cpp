#include "tool/driver/PreludeChoice.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>

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

static PreludeGroup groupOf(ArrayRef<size_t> Units,
                            ArrayRef<Command> Commands) {
  std::vector<const Command *> Members;
  for (size_t Unit : Units)
    Members.push_back(&Commands[Unit]);
  PreludeGroup Group;
  std::vector<std::string> Includes = commonIncludes(Members);
  for (const std::string &Folder : Includes)
    Group.Arguments.push_back("-I" + Folder);
  for (std::string &Macro : commonMacros(Members))
    Group.Arguments.push_back(std::move(Macro));
  const std::vector<std::string> &Rest = Members.front()->Rest;
  Group.Arguments.insert(Group.Arguments.end(), Rest.begin(), Rest.end());
  for (size_t Unit : Units)
    if (beginsWith(Commands[Unit], Includes))
      Group.Units.push_back(Unit);
  return Group;
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
      Groups.push_back(groupOf(Members, Commands));
  erase_if(Groups, [&](const PreludeGroup &G) {
    return G.Units.size() < MinimumUnits;
  });
  llvm::sort(Groups, [](const PreludeGroup &A, const PreludeGroup &B) {
    return A.Units.size() != B.Units.size() ? A.Units.size() > B.Units.size()
                                            : A.Units < B.Units;
  });
  return Groups;
}

std::vector<size_t> sampleOf(ArrayRef<size_t> Units, size_t Count) {
  std::vector<size_t> Sample;
  Count = std::min(Count, Units.size());
  for (size_t I = 0; I != Count; ++I)
    Sample.push_back(Units[(2 * I + 1) * Units.size() / (2 * Count)]);
  return Sample;
}

std::vector<std::string>
chooseHeaders(ArrayRef<std::vector<IncludedHeader>> Samples, double Share) {
  StringMap<size_t> Users;
  for (const std::vector<IncludedHeader> &Sample : Samples)
    for (const IncludedHeader &Header : Sample)
      ++Users[Header.Path];
  std::vector<std::string> Chosen;
  for (const std::vector<IncludedHeader> &Sample : Samples)
    for (const IncludedHeader &Header : Sample) {
      size_t &Count = Users[Header.Path];
      if (static_cast<double>(Count) >= Share * Samples.size() && Count != 0)
        Chosen.push_back(Header.Path);
      Count = 0; // once
    }
  return Chosen;
}

} // namespace bootorder
