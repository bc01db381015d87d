#include "rules/RuleSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace bootorder {

/// The part of \p Parts whose \p Field is \p Name, null if there is none.
template <typename Part>
static const Part *findPart(const std::vector<Part> &Parts,
                            std::string Part::*Field, StringRef Name) {
  auto Found = find_if(Parts, [&](const Part &P) { return P.*Field == Name; });
  return Found == Parts.end() ? nullptr : &*Found;
}

const Milestone *RuleSet::findMilestone(StringRef Name) const {
  return findPart(Milestones, &Milestone::Name, Name);
}

const Effect *RuleSet::findEffect(StringRef Name) const {
  return findPart(Effects, &Effect::Name, Name);
}

const Rule *RuleSet::findRule(StringRef Id) const {
  return findPart(Rules, &Rule::Id, Id);
}

SeverityKind severityOf(const Rule &R) {
  return R.IsTrial && R.Level == SeverityKind::Error ? SeverityKind::Warning
                                                     : R.Level;
}

/// Drops the parts whose condition does not hold in \p Tree.
template <typename Part>
static void keepApplying(std::vector<Part> &Parts, const TreeInfo &Tree) {
  erase_if(Parts, [&](const Part &P) { return !P.When.holdsIn(Tree); });
}

RuleSet selectFor(const RuleSet &Rules, const TreeInfo &Tree) {
  RuleSet Selected = Rules;
  keepApplying(Selected.EntryPoints, Tree);
  keepApplying(Selected.Milestones, Tree);
  for (Milestone &M : Selected.Milestones)
    keepApplying(M.Events, Tree);
  // A milestone none of whose events exists in such trees is not one there.
  erase_if(Selected.Milestones,
           [](const Milestone &M) { return M.Events.empty(); });
  keepApplying(Selected.Tables, Tree);
  for (LinkerTable &Table : Selected.Tables)
    keepApplying(Table.Dispatchers, Tree);
  keepApplying(Selected.Semantics, Tree);
  keepApplying(Selected.ImmediateCallers, Tree);
  keepApplying(Selected.Boundaries, Tree);
  keepApplying(Selected.Copies, Tree);
  keepApplying(Selected.Deferrals, Tree);
  keepApplying(Selected.Wrappers, Tree);
  // What waits for a milestone that the tree does not have waits for nothing.
  erase_if(Selected.Deferrals,
           [&](const Deferral &D) { return !Selected.findMilestone(D.After); });
  // Nor does a value hold until then: who knows when it stops.
  erase_if(Selected.Semantics, [&](const FunctionEffect &E) {
    return !E.Until.empty() && !Selected.findMilestone(E.Until);
  });
  keepApplying(Selected.Constants, Tree);
  for (Effect &E : Selected.Effects)
    keepApplying(E.Uses, Tree);
  keepApplying(Selected.Suppressions, Tree);
  keepApplying(Selected.ChainSuppressions, Tree);
  keepApplying(Selected.Rules, Tree);
  for (Rule &R : Selected.Rules)
    keepApplying(R.Sinks, Tree);
  erase_if(Selected.Rules, [](const Rule &R) { return R.Sinks.empty(); });
  keepApplying(Selected.Orders, Tree);
  // What names are not there is known from those that do not apply.
  for (NameStatement &Names : Selected.Names)
    Names.Applies = Names.When.holdsIn(Tree);
  return Selected;
}

} // namespace bootorder
