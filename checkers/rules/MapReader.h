#ifndef BOOTORDER_RULES_MAPREADER_H
#define BOOTORDER_RULES_MAPREADER_H

#include "rules/KernelCondition.h"
#include "support/Error.h"
#include "support/Glob.h"
#include "support/LocatedYaml.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bootorder {

/// Takes one YAML map apart key by key and reports everything that is wrong.
///
/// A key that is absent gives the empty value; a wrong one is reported and
/// gives the empty value too, so that reading goes on. finish() reports the
/// keys that nobody asked for.
class MapReader {
public:
  /// \p What names the map in messages: "milestone 'irqs_on'". A node that is
  /// no map is reported here, once, and then reads as an empty map.
  MapReader(const YamlNode &Map, const llvm::Twine &What,
            DiagnosticList &Diagnostics);

  /// The value of \p Key or null.
  const YamlNode *node(llvm::StringRef Key);
  std::string text(llvm::StringRef Key);
  /// Reports a key that is absent or empty.
  std::string requiredText(llvm::StringRef Key);
  std::optional<int64_t> integer(llvm::StringRef Key);
  /// `true` or `false`; absent is false.
  bool flag(llvm::StringRef Key);
  /// A list of texts, or a single text.
  std::vector<std::string> texts(llvm::StringRef Key);
  /// The same with the place of each.
  std::vector<YamlNode> textNodes(llvm::StringRef Key);
  /// Names and patterns.
  GlobSet globs(llvm::StringRef Key);
  /// `kernels`, `arch` and `when_config`.
  KernelCondition condition();

  /// The meaning of the word at \p Node, which is (part of) the value of
  /// \p Key; reports a word that is not among \p Choices.
  template <typename Enum>
  std::optional<Enum>
  word(const YamlNode &Node, llvm::StringRef Key,
       llvm::ArrayRef<std::pair<llvm::StringRef, Enum>> Choices) {
    llvm::SmallVector<llvm::StringRef, 8> Words;
    for (const auto &[Word, Value] : Choices)
      Words.push_back(Word);
    std::optional<size_t> Index = wordIndex(Node, Key, Words);
    return Index ? std::optional<Enum>(Choices[*Index].second) : std::nullopt;
  }

  /// One word of \p Choices; absent gives \p Default.
  template <typename Enum>
  Enum choice(llvm::StringRef Key,
              llvm::ArrayRef<std::pair<llvm::StringRef, Enum>> Choices,
              Enum Default) {
    const YamlNode *Node = node(Key);
    return Node ? word(*Node, Key, Choices).value_or(Default) : Default;
  }

  /// The only one of \p Keys that is there; reports none or several.
  llvm::StringRef onlyOneOf(llvm::ArrayRef<llvm::StringRef> Keys);

  /// Calls \p Read for each item of the list at \p Key, or for a single one.
  void each(llvm::StringRef Key,
            llvm::function_ref<void(const YamlNode &)> Read);

  void error(const SourceRange &Where, const llvm::Twine &Message,
             const llvm::Twine &Suggestion = "");
  /// Where the map begins.
  const SourceRange &place() const { return Map.Where; }
  llvm::StringRef what() const { return What; }

  void finish();

private:
  std::optional<size_t> wordIndex(const YamlNode &Node, llvm::StringRef Key,
                                  llvm::ArrayRef<llvm::StringRef> Words);
  /// The text of a scalar, reporting anything else.
  std::optional<llvm::StringRef> scalar(const YamlNode &Node,
                                        llvm::StringRef Key);
  ConfigTest configTest(const YamlNode &Node);

  const YamlNode &Map;
  std::string What;
  DiagnosticList &Diagnostics;
  llvm::SmallVector<llvm::StringRef, 16> Asked;
};

} // namespace bootorder

#endif // BOOTORDER_RULES_MAPREADER_H
