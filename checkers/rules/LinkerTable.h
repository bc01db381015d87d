#ifndef BOOTORDER_RULES_LINKERTABLE_H
#define BOOTORDER_RULES_LINKERTABLE_H

#include "rules/KernelCondition.h"
#include "support/SourceRange.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bootorder {

/// How the entries of a table come to run.
enum class TableMode {
  Call, ///< the dispatcher calls each entry's callback
  Ops,  ///< entries become live objects when the dispatcher is live
};

/// Who runs the entries of a table, and when.
struct TableDispatcher {
  /// Function in whose body the entries run; empty: every function that
  /// mentions a boundary symbol of the table.
  std::string Function;
  /// The entries run where Function calls this one; empty: anywhere in it.
  std::string AtCall;
  /// Distinguishes several such calls by a string literal among the arguments
  /// ("Booting kernel"); empty: the first such call.
  std::string WithString;
  /// Keys of the entries it runs, in that order; empty: all, in any order.
  std::vector<std::string> Keys;
  KernelCondition When;
  SourceRange Where;
};

/// An array that the linker gathers from many units.
///
/// An entry belongs to the table if its section matches. Its *key* groups
/// entries that run together ("6s", "early"): taken from the named groups of
/// the section pattern, or from a field of the entry.
struct LinkerTable {
  std::string Name;
  /// POSIX extended expression over the whole section name, named groups
  /// already turned into plain ones.
  std::string SectionPattern;
  /// Name of each group of SectionPattern by position; empty for unnamed ones.
  std::vector<std::string> GroupNames;
  /// How a key is made of named groups: "{level}{sync}"; may be empty.
  std::string KeyTemplate;
  /// Field whose constant value makes the key, as a dotted path; may be empty.
  std::string SplitField;
  /// Key per value of SplitField; a value not listed is its own key, in
  /// decimal.
  std::map<int64_t, std::string> SplitKeys;
  /// Record type of an entry; empty: the entry is a function pointer, either
  /// as a variable or as a place-relative word in file-scope assembly.
  std::string Record;
  /// Dotted paths to the callbacks inside Record ("ops.set"). Empty with a
  /// record: every function pointer in it.
  std::vector<std::string> Callbacks;
  /// Dotted path from an entry to a function without which nothing calls its
  /// callbacks ("tp.iterator"); empty: whoever walks the table may.
  std::string CalledWith;
  /// The section holds pointers to records instead of records.
  bool HoldsPointers = false;
  TableMode Mode = TableMode::Call;
  /// Linker-script symbols around the table (`__start___param`); may be empty.
  std::vector<std::string> Boundaries;
  std::vector<TableDispatcher> Dispatchers;
  KernelCondition When;
  std::string Reason;
  SourceRange Where;
};

/// The key of an entry of \p Table in \p Section, none if the section is not
/// of this table; empty if the section says nothing about keys.
std::optional<std::string> tableKey(const LinkerTable &Table,
                                    llvm::StringRef Section);

/// The key that \p Value of the split field stands for.
std::string splitKey(const LinkerTable &Table, int64_t Value);

/// Turns `(?P<level>[0-7])` into a POSIX group and notes its name in \p Table.
/// Errors: not a regular expression, an unclosed or repeated group name.
llvm::Error setSectionPattern(LinkerTable &Table, llvm::StringRef Pattern);

} // namespace bootorder

#endif // BOOTORDER_RULES_LINKERTABLE_H
