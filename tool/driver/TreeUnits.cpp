#include "tool/driver/TreeUnits.h"

#include "rules/KernelTree.h"
#include "support/Error.h"
#include "support/Installation.h"
#include "tool/capture/FlagTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace bootorder {

static ExtractRequest requestFor(const CapturedTree &Tree,
                                 const CapturedUnit &Unit,
                                 const FlagTable &Flags) {
  ExtractRequest Request;
  Request.Directory = Unit.Directory;
  Request.File = Unit.File;
  Request.Output = Unit.Output;
  Request.SourceRoot = Tree.SourceRoot;
  Request.Arguments = clangArguments(Tree, Unit, Flags);
  Request.Kind = Unit.Kind;
  return Request;
}

/// Objects of vmlinux that no captured command makes.
static std::vector<LostUnit> uncapturedObjects(const CapturedTree &Tree) {
  StringSet<> Made;
  for (const CapturedUnit &Unit : Tree.Units)
    Made.insert(Unit.Output);
  std::vector<LostUnit> Lost;
  for (const std::string &Object : Tree.WantedObjects)
    if (!Made.contains(Object))
      Lost.push_back({Object, "no command for it was captured", Object});
  return Lost;
}

Expected<TreeUnits> unitsOf(const CapturedTree &Tree) {
  Expected<FlagTable> Flags = readFlagTable(programFolder());
  if (!Flags)
    return Flags.takeError();
  TreeUnits Units;
  std::vector<LostUnit> Unreadable;
  Units.Tree.Kernel = Tree.Kernel;
  Units.Tree.Arch = Tree.SrcArch;
  Units.Tree.SourceRoot = Tree.SourceRoot;
  Units.Tree.Config = readConfiguration(Tree.ConfigFile);
  Units.Tree.IsCaptureComplete = Tree.IsComplete;
  for (const CapturedUnit &Unit : Tree.Units) {
    Units.Tree.ModuleUnits += Unit.Where == Membership::Module;
    if (Unit.Where != Membership::Builtin)
      continue;
    if (!Unit.Unreadable.empty()) {
      Unreadable.push_back(
          {Tree.displayPath(Unit.File), Unit.Unreadable, Unit.Output});
      continue;
    }
    Units.Requests.push_back(requestFor(Tree, Unit, *Flags));
    if (!Unit.SymbolPrefix.empty())
      Units.Tree.Prefixes[Unit.Output] = Unit.SymbolPrefix;
  }
  Units.Lost = uncapturedObjects(Tree);
  append_range(Units.Lost, Unreadable);
  Units.ResponseFiles = Tree.ResponseFiles;
  return Units;
}

Expected<TreeUnits> readTreeUnits(StringRef Directory) {
  Expected<CapturedTree> Tree = readCapturedTree(Directory);
  if (!Tree)
    return Tree.takeError();
  Expected<TreeUnits> Units = unitsOf(*Tree);
  if (Units && Units->Requests.empty())
    return makeError("the compile database in '" + Directory +
                     "' has no unit of vmlinux; capture the kernel itself with "
                     "'bootorder capture -- make ...'");
  return Units;
}

} // namespace bootorder
