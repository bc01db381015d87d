#include "tool/capture/Membership.h"

#include "support/Paths.h"
#include "tool/capture/CommandFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace bootorder {
namespace {

/// Follows what vmlinux is linked from down to the recorded units.
class Walk {
public:
  explicit Walk(CapturedTree &Tree) : Tree(Tree) {
    for (CapturedUnit &Unit : Tree.Units)
      ByObject[Unit.Output] = &Unit;
  }

  /// \p Prefix: what objcopy has added on the way down from vmlinux.
  void visit(StringRef Object, StringRef Parent, StringRef Prefix) {
    if (!Seen.insert(Object).second)
      return;
    if (auto Found = ByObject.find(Object); Found != ByObject.end()) {
      CapturedUnit &Unit = *Found->second;
      Unit.Where = Membership::Builtin;
      Unit.SymbolPrefix = Prefix.str();
      Unit.PartOf = Parent.str();
      Reached.insert(Object);
      Tree.WantedObjects.push_back(Object.str());
      return;
    }
    std::optional<SavedCommand> Saved =
        readSavedCommand(Tree.ObjectRoot, Object);
    if (!Saved) {
      // An object without a command: wanted, and lost unless somebody has it.
      if (Object.ends_with(".o") && Parent != "")
        Tree.WantedObjects.push_back(Object.str());
      return;
    }
    FoundLists = true;
    std::string Added = addedSymbolPrefix(*Saved) + Prefix.str();
    for (const std::string &Input : objectInputs(*Saved, Tree.ObjectRoot))
      visit(Input, Object, Added);
  }

  bool foundLists() const { return FoundLists; }
  bool isReached(StringRef Object) const { return Reached.contains(Object); }

private:
  CapturedTree &Tree;
  StringMap<CapturedUnit *> ByObject;
  StringSet<> Seen, Reached;
  bool FoundLists = false;
};

} // namespace

void assignMembership(CapturedTree &Tree, ArrayRef<std::string> Roots) {
  Walk Down(Tree);
  for (const std::string &Root : Roots)
    Down.visit(
        treeRelativePath(absolutePath(Root, Tree.ObjectRoot), Tree.ObjectRoot),
        /*Parent=*/"", /*Prefix=*/"");
  for (CapturedUnit &Unit : Tree.Units) {
    if (is_contained(Unit.Arguments, "-DMODULE"))
      Unit.Where = Membership::Module;
    else if (Down.foundLists() && !Down.isReached(Unit.Output))
      Unit.Where = Membership::Other;
  }
}

} // namespace bootorder
