//===- PreludeTable.h - what a prelude did, header by header --------------===//
//
// A prelude is one precompiled header of the headers that most units of a tree
// include. Units ask for a few of its headers only, in an order of their own.
// Beside the precompiled header stands this table: for each header, what the
// preprocessor did while it read it, as a list of macro events. PreludeReplay
// runs those lists again to find out whether a unit would have seen the same.
//
// Plain data: indices, strings and numbers, fit to be kept on disk.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_PRELUDETABLE_H
#define BOOTORDER_EXTRACT_PRELUDETABLE_H

#include "extract/StoredTokens.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <cstdint>
#include <string>
#include <vector>

namespace bootorder {

enum class MacroEventKind : uint8_t {
  Define,        ///< `#define M ...`: Subject is M, Meaning what it means now
  DefineDefault, ///< `#ifndef M`, `#define M ...`, `#endif` and nothing else
  Undefine,      ///< `#undef M`
  Test,          ///< `#ifdef M`, `defined(M)`: Meaning is what M meant
  Expand,        ///< M was replaced, or is no macro: then Meaning is none
  Name,          ///< M stood without parentheses and was not replaced
  Include,       ///< Subject is a file; Meaning the inclusion it became, none
                 ///< if its guard kept it out
  EnterBody,     ///< what follows stands in the body of the function Subject
  LeaveBody,     ///< no more
};

/// Whether the subject of an event is a macro.
bool isOfMacro(MacroEventKind Kind);

struct MacroEvent {
  static constexpr uint32_t None = ~0u;
  MacroEventKind Kind = MacroEventKind::Define;
  uint32_t Subject = 0;    ///< in PreludeTable::Macros, Files or Functions
  uint32_t Meaning = None; ///< in PreludeTable::Meanings or Inclusions
};

/// A macro definition, as two hashes. Definitions with the same hash leave the
/// same facts wherever the macro is used.
struct MacroMeaning {
  uint64_t Text = 0; ///< and its place, if facts may show it
  /// Text without string literals, and without macros that are nothing but
  /// strings: `KBUILD_MODNAME ": " fmt` is `fmt`. Facts of headers keep no
  /// strings, so headers read alike under both.
  uint64_t Blind = 0;
  bool IsFunctionLike = false;
};

struct PreludeFile {
  std::string Path;                      ///< absolute, without dots
  bool IsGuarded = false;                ///< a second inclusion does nothing
  uint32_t Inclusion = MacroEvent::None; ///< the first one
};

/// One reading of one file.
struct PreludeInclusion {
  uint32_t File = MacroEvent::None; ///< none: not a file
  std::vector<MacroEvent> Events;   ///< in the order of the text
  /// What units that read this own: objects, asm, functions that are no header
  /// functions. Numbers of declarations in the precompiled header.
  std::vector<uint32_t> Owned;
};

/// Values that __COUNTER__ took in an expansion.
struct CounterPlace {
  uint32_t File = 0;
  uint32_t Offset = 0;
  std::vector<uint32_t> Values;
};

/// An identifier that some header uses, and that is no macro of the prelude.
struct PlainName {
  uint64_t Hash = 0;
  uint32_t File = 0;
  friend bool operator<(PlainName A, PlainName B) {
    return A.Hash != B.Hash ? A.Hash < B.Hash : A.File < B.File;
  }
  friend bool operator==(PlainName A, PlainName B) {
    return A.Hash == B.Hash && A.File == B.File;
  }
};

struct PreludeTable {
  std::vector<PreludeFile> Files;
  std::vector<std::string> Macros;
  std::vector<MacroMeaning> Meanings;
  /// By macro: what it means at the end of the prelude; none if nothing.
  std::vector<uint32_t> Final;
  /// BuiltIn and CommandLine, then the files.
  std::vector<PreludeInclusion> Inclusions;
  /// What the compiler defines, then the headers that the command line
  /// includes.
  static constexpr uint32_t BuiltIn = 0;
  /// Definitions of the command line; each unit brings its own.
  static constexpr uint32_t CommandLine = 1;
  std::vector<PreludeFunction> Functions; ///< sorted by name
  StoredTokens Bodies;                    ///< of all functions
  std::vector<CounterPlace> Counters;     ///< sorted by file and offset
  std::vector<PlainName> PlainNames;      ///< sorted
  /// Static functions that headers declare and none of them defines.
  std::vector<std::string> OpenStatics; ///< sorted
};

/// Look-ups in a table; must not outlive it.
class PreludeIndex {
public:
  explicit PreludeIndex(const PreludeTable &Table);

  const PreludeTable &Table;

  /// Index of the macro \p Name, or MacroEvent::None.
  uint32_t macro(llvm::StringRef Name) const;
  /// Index of the file at the absolute \p Path, or MacroEvent::None.
  uint32_t file(llvm::StringRef Path) const;
  /// All readings of \p File, ascending.
  llvm::ArrayRef<uint32_t> inclusions(uint32_t File) const {
    return Inclusions[File];
  }
  /// Index of the header function \p Name, or MacroEvent::None.
  uint32_t function(llvm::StringRef Name) const;
  /// Index of the header function with \p Key, or MacroEvent::None.
  uint32_t functionWithKey(uint64_t Key) const;
  /// The meaning of \p Macro with the hash \p Text, or MacroEvent::None.
  uint32_t meaning(uint32_t Macro, uint64_t Text) const;
  bool isOpenStatic(llvm::StringRef Name) const;
  /// Values of __COUNTER__ in the expansion at \p Offset of \p File.
  llvm::ArrayRef<uint32_t> counters(uint32_t File, uint32_t Offset) const;

private:
  llvm::StringMap<uint32_t> Macros, Files;
  std::vector<std::vector<uint32_t>> Inclusions; ///< by file
  llvm::DenseMap<uint64_t, uint32_t> ByKey;      ///< functions
  /// By macro and Text hash.
  llvm::DenseMap<std::pair<uint32_t, uint64_t>, uint32_t> Meanings;
};

} // namespace bootorder

#endif
