#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

void readChainSuppressions(const YamlNode &Node, RuleReading &Into) {
  eachItem(Node, "chain_suppressions", Into, [&](const YamlNode &Item) {
    MapReader Map(Item, "a suppression by chain", Into.Diagnostics);
    ChainSuppression Entry;
    Entry.Rules = Into.namesAt(Map, "rules", NameUse::UseKind::Rule);
    if (Entry.Rules.empty())
      Map.error(Map.place(), "a suppression says for which rules",
                "add 'rules: [...]'");
    Map.each("chain", [&](const YamlNode &Name) {
      if (Expected<GlobSet> Pattern = GlobSet::create(Name.Text))
        Entry.Chain.push_back(*Pattern);
      else
        Into.Diagnostics.add(Name.Where, Pattern.takeError());
    });
    if (Entry.Chain.empty())
      Map.error(Map.place(), "a suppression says for which chain",
                "add 'chain: [FUNCTION, ...]', from the boot's entry towards "
                "the sink");
    Entry.When = Map.condition();
    Entry.Reason = Map.requiredText("reason");
    Entry.Where = Map.place();
    Map.finish();
    Into.Rules.ChainSuppressions.push_back(std::move(Entry));
  });
}

} // namespace bootorder
