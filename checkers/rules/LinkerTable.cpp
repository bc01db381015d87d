#include "rules/LinkerTable.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Regex.h"

using namespace llvm;

namespace bootorder {

static constexpr StringRef NamedGroup = "(?P<";

Error setSectionPattern(LinkerTable &Table, StringRef Pattern) {
  std::string Posix;
  std::vector<std::string> Names;
  for (size_t I = 0; I < Pattern.size(); ++I) {
    if (Pattern[I] == '\\' && I + 1 < Pattern.size())
      Posix += Pattern[I++];
    else if (Pattern[I] == '(' && Pattern.substr(I).starts_with(NamedGroup)) {
      size_t End = Pattern.find('>', I);
      if (End == StringRef::npos)
        return makeError("a group name without '>' in '" + Pattern + "'");
      StringRef Name = Pattern.slice(I + NamedGroup.size(), End);
      if (is_contained(Names, Name))
        return makeError("group '" + Name + "' is named twice in '" + Pattern +
                         "'");
      Names.push_back(Name.str());
      Posix += '(';
      I = End;
      continue;
    } else if (Pattern[I] == '(')
      Names.emplace_back();
    Posix += Pattern[I];
  }
  Posix = "^(" + Posix + ")$";
  std::string Reason;
  if (!Regex(Posix).isValid(Reason))
    return makeError("'" + Pattern +
                     "' is not a regular expression: " + Reason);
  // The added group that spans the whole pattern comes first.
  Names.insert(Names.begin(), std::string());
  Table.SectionPattern = std::move(Posix);
  Table.GroupNames = std::move(Names);
  return Error::success();
}

std::optional<std::string> tableKey(const LinkerTable &Table,
                                    StringRef Section) {
  SmallVector<StringRef, 4> Groups;
  if (!Regex(Table.SectionPattern).match(Section, &Groups))
    return std::nullopt;
  std::string Key = Table.KeyTemplate;
  for (const auto &[Name, Text] :
       zip(Table.GroupNames, drop_begin(ArrayRef<StringRef>(Groups)))) {
    if (Name.empty())
      continue;
    std::string Slot = "{" + Name + "}";
    for (size_t At = Key.find(Slot); At != std::string::npos;
         At = Key.find(Slot, At + Text.size()))
      Key.replace(At, Slot.size(), Text.str());
  }
  return Key;
}

std::string splitKey(const LinkerTable &Table, int64_t Value) {
  auto Known = Table.SplitKeys.find(Value);
  return Known == Table.SplitKeys.end() ? std::to_string(Value) : Known->second;
}

} // namespace bootorder
