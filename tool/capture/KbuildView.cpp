#include "tool/capture/KbuildView.h"

#include "support/Error.h"
#include "support/Paths.h"
#include "tool/capture/RunProcess.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace bootorder {
namespace {

constexpr StringLiteral Goal = "bootorder-ask";
constexpr StringLiteral Tag = "bootorder-answer:";

/// The phony goals below which Kbuild makes objects and stops short of the
/// link: `$(vmlinux-dirs)` until 6.0, `$(build-dirs)` beside it since 5.4,
/// `$(build-dir)` since 6.1. The last one has another meaning in old trees.
constexpr StringLiteral GoalVariables[] = {"vmlinux-dirs", "build-dirs",
                                           "build-dir"};
constexpr StringLiteral RootVariables[] = {
    "KBUILD_VMLINUX_INIT", "KBUILD_VMLINUX_MAIN", "KBUILD_VMLINUX_OBJS",
    "KBUILD_VMLINUX_LIBS"};
constexpr StringLiteral PlainVariables[] = {
    "ARCH", "SRCARCH", "srctree", "CURDIR", "KCONFIG_CONFIG", "CC", "LD"};

/// A rule for our goal: `$(info)` keeps the shell out of the values.
std::string askingRule() {
  std::string Rule = (Goal + ": ; @:").str();
  auto Ask = [&Rule](StringRef Name) {
    Rule += ("$(info " + Tag + Name + "=$(" + Name + "))").str();
  };
  for_each(PlainVariables, Ask);
  for_each(RootVariables, Ask);
  for_each(GoalVariables, Ask);
  return Rule;
}

void addWords(std::vector<std::string> &Words, StringRef Text) {
  SmallVector<StringRef, 32> Parts;
  SplitString(Text, Parts);
  for (StringRef Part : Parts)
    Words.push_back(Part.str());
}

KbuildView toView(const StringMap<std::string> &Values) {
  KbuildView View;
  View.Arch = Values.lookup("ARCH");
  View.SrcArch = Values.lookup("SRCARCH");
  View.SourceRoot = Values.lookup("srctree");
  View.ObjectRoot = Values.lookup("CURDIR");
  View.ConfigFile = Values.lookup("KCONFIG_CONFIG");
  View.Compiler = Values.lookup("CC");
  View.Linker = Values.lookup("LD");
  for (StringRef Name : RootVariables)
    addWords(View.LinkRoots, Values.lookup(Name));
  for (StringRef Name : GoalVariables)
    if (View.Goals.empty())
      addWords(View.Goals, Values.lookup(Name));
  return View;
}

} // namespace

Expected<KbuildView> parseKbuildAnswer(StringRef Output) {
  // The Makefile runs itself once more for `O=`; each run answers whole, and
  // only one that has read the configuration knows its goals.
  StringMap<std::string> Values;
  KbuildView Best;
  while (!Output.empty()) {
    StringRef Line;
    std::tie(Line, Output) = Output.split('\n');
    size_t At = Line.find(Tag);
    if (At == StringRef::npos)
      continue;
    auto [Name, Value] = Line.drop_front(At + Tag.size()).split('=');
    Values[Name] = Value.trim().str();
    if (Name != GoalVariables[std::size(GoalVariables) - 1])
      continue;
    KbuildView View = toView(Values);
    Values.clear();
    if (!View.Goals.empty())
      Best = std::move(View);
  }
  if (Best.Goals.empty())
    return makeError("Kbuild did not say what it builds; is this the top of a "
                     "Linux kernel tree?");
  return Best;
}

Expected<KbuildView> askKbuild(const MakeCommand &Command) {
  MakeCommand Asking = Command;
  Asking.Options = {"-s", "--no-print-directory", "--eval=" + askingRule()};
  Expected<ProcessResult> Result =
      runProcess(Asking.words({Goal.str()}), /*Added=*/{});
  if (!Result)
    return Result.takeError();
  if (Result->ExitCode != 0)
    return makeError("make failed before anything was compiled; it said:\n" +
                     StringRef(Result->Output).rtrim());
  Expected<KbuildView> View = parseKbuildAnswer(Result->Output);
  if (!View)
    return View.takeError();
  View->SourceRoot = absolutePath(View->SourceRoot, View->ObjectRoot);
  View->ConfigFile =
      absolutePath(View->ConfigFile.empty() ? ".config" : View->ConfigFile,
                   View->ObjectRoot);
  return View;
}

} // namespace bootorder
