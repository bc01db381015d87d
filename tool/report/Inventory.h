//===- Inventory.h - how many facts of each kind --------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_INVENTORY_H
#define BOOTORDER_TOOL_REPORT_INVENTORY_H

#include "model/Facts.h"
#include "rules/RuleSet.h"
#include "llvm/Support/raw_ostream.h"

namespace bootorder {

/// Facts of one kind, as `docs/facts.md` lists them.
struct InventoryRow {
  std::string Group; ///< `event`, `call`, `write`, `edge`, `expression`,
                     ///< `registration`, `unit`
  std::string Kind;  ///< `Cleanup`
  uint64_t Count = 0;
};

/// Counts every kind, also those that are not there; header functions once.
/// Static keys, static calls and linker tables are told by \p Rules.
std::vector<InventoryRow> takeInventory(const std::vector<TuFacts> &Units,
                                        const std::vector<HeaderFacts> &Headers,
                                        const RuleSet &Rules);

/// `group<TAB>kind<TAB>count`, in the order of docs/facts.md.
void printInventory(llvm::raw_ostream &OS,
                    const std::vector<InventoryRow> &Rows);

} // namespace bootorder

#endif
