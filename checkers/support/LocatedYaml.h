#ifndef BOOTORDER_SUPPORT_LOCATEDYAML_H
#define BOOTORDER_SUPPORT_LOCATEDYAML_H

#include "support/SourceRange.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace bootorder {

struct YamlEntry;

/// A node of a YAML document that knows where it was written.
///
/// Scalars are text as written, unquoted: `on`, `no` and `0x10` mean what the
/// reader of the text makes of them. Aliases are replaced by what they name.
struct YamlNode {
  enum class NodeKind { Null, Scalar, Sequence, Map };

  NodeKind Kind = NodeKind::Null;
  SourceRange Where;
  std::string Text;               ///< of a scalar
  std::vector<YamlNode> Items;    ///< of a sequence
  std::vector<YamlEntry> Entries; ///< of a map, in file order, keys unique

  bool isScalar() const { return Kind == NodeKind::Scalar; }
  bool isSequence() const { return Kind == NodeKind::Sequence; }
  bool isMap() const { return Kind == NodeKind::Map; }

  /// The value of \p Key, null if this is no map or has no such key.
  const YamlNode *find(llvm::StringRef Key) const;

  /// "nothing", "a text", "a list" or "a map", for messages.
  llvm::StringRef describe() const;
};

/// One line of a map; the key is a scalar.
struct YamlEntry {
  YamlNode Key;
  YamlNode Value;
};

/// Bytes of one YAML file. Those that we ship have a few hundred KiB; a
/// baseline of this size accepts ten thousand findings.
constexpr uint64_t MaxYamlSize = uint64_t(16) << 20;

/// Nodes of one document, aliases replaced: each alias repeats what it names,
/// so that a page of text could stand for more than any memory holds.
constexpr size_t MaxYamlNodes = 1000000;

/// Lists and maps within each other.
constexpr unsigned MaxYamlDepth = 64;

/// Parses \p Content, which was read from \p File, as one YAML document.
///
/// An empty document is a Null node. Errors, as a DiagnosticsError with places
/// in \p File: what the YAML grammar forbids, a key used twice in one map, a
/// key that is not text, a second document, and what is beyond the limits above.
llvm::Expected<YamlNode> parseYaml(llvm::StringRef Content,
                                   llvm::StringRef File);

/// Reads and parses the file at \p Path. Errors: as readFile() and parseYaml().
llvm::Expected<YamlNode> readYaml(llvm::StringRef Path);

} // namespace bootorder

#endif // BOOTORDER_SUPPORT_LOCATEDYAML_H
