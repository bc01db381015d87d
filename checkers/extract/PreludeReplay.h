//===- PreludeReplay.h - would the unit have read the same? ---------------===//
//
// A unit parsed with a prelude sees the macros that the prelude ended with. In
// a plain parse it would see what its own includes define, in its own order.
// The replay follows that plain parse: it keeps what each macro *would* mean,
// runs the events of a header when the unit asks for it, and says where the
// two differ. A unit without a difference has the same facts both ways.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_PRELUDEREPLAY_H
#define BOOTORDER_EXTRACT_PRELUDEREPLAY_H

#include "extract/PreludeTable.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include <functional>

namespace bootorder {

/// Why a unit cannot use a prelude.
enum class ConflictKind {
  None,
  HeaderReadsMacro, ///< a header would have read another definition
  BodyReadsMacro,   ///< so would a function that the unit's facts rest on
  UnitReadsMacro,   ///< the unit sees a macro that it did not ask for
  NameIsMacro,      ///< a header uses a name that the unit made a macro
  OpenStatic,       ///< the unit declares a static that headers leave open
  UnknownFile,      ///< the guard of a header that the table does not know
  Diagnostic,       ///< Clang found an error
};

struct Conflict {
  ConflictKind Kind = ConflictKind::None;
  std::string Subject;               ///< macro, file or message
  std::string In;                    ///< header or function it matters to
  uint32_t Macro = MacroEvent::None; ///< UnitReadsMacro: Subject

  explicit operator bool() const { return Kind != ConflictKind::None; }
  /// `another 'DEBUG' for 'include/linux/printk.h'`.
  std::string text() const;
};

/// Follows one unit. Meanings from Table.Meanings.size() on are the unit's own.
class PreludeReplay {
public:
  static constexpr uint32_t None = MacroEvent::None;
  /// One of the unit's own meanings.
  using OwnMeaning = std::function<MacroMeaning(uint32_t)>;

  PreludeReplay(const PreludeIndex &Index, OwnMeaning OwnOf);

  /// The unit reads its first line: what the command line includes, includes.
  /// Before it, only define() and undefine() may be called.
  void start();
  void define(uint32_t Macro, uint32_t Meaning) { State[Macro] = Meaning; }
  void undefine(uint32_t Macro) { State[Macro] = None; }
  /// The unit made a macro of \p Name, which is none of the prelude's.
  void defineName(llvm::StringRef Name);
  /// The unit includes \p File, and its guard kept it out.
  void request(uint32_t File);
  /// The unit replaced \p Macro, which means \p Actual to Clang.
  void expand(uint32_t Macro, uint32_t Actual);
  /// The unit asked whether \p Macro is defined.
  void test(uint32_t Macro, bool IsDefined);
  /// The unit uses the name of \p Macro, which is no macro to Clang.
  void use(uint32_t Macro);
  /// The unit's facts name the header function \p Function.
  void nameFunction(uint32_t Function) { Named.set(Function); }
  /// The unit has been read: looks at what the functions it named have read.
  void finish();
  /// Whether there are macros that only use() can notice.
  bool hasLost() const { return HasLost; }
  /// Clang is kept from seeing a macro until the unit would see it.
  void hide() { HasLost = true; }

  /// What \p Macro would mean to the unit now.
  uint32_t meaning(uint32_t Macro) const { return State[Macro]; }
  /// Headers asked for so far.
  uint32_t requests() const { return Requests; }
  /// Whether a header changed \p Macro that was asked for after the first
  /// \p Requests.
  bool hasChangedSince(uint32_t Macro, uint32_t Requests) const {
    return Changed[Macro] > Requests;
  }
  /// Whether \p File begins with a guard that does not enclose all of it.
  bool isHalfGuarded(uint32_t File) const;
  bool isRequested(uint32_t File) const { return Requested[File]; }
  const llvm::BitVector &requestedFiles() const { return Requested; }
  const llvm::BitVector &replayedInclusions() const { return Replayed; }

  void fail(Conflict C);
  const Conflict &conflict() const { return First; }

private:
  void failUnit(uint32_t Macro);
  void set(uint32_t Macro, uint32_t Meaning);
  void runFile(uint32_t File);
  void run(uint32_t Inclusion);
  void runEvent(const MacroEvent &E, uint32_t File);
  void include(uint32_t File, uint32_t Inclusion);
  bool fits(uint32_t Inclusion) const;
  uint32_t readingOf(uint32_t File, uint32_t Recorded) const;
  void failReader(const MacroEvent &E, uint32_t File);
  MacroMeaning describe(uint32_t Meaning) const;
  bool isAlike(uint32_t A, uint32_t B) const;

  const PreludeIndex &Index;
  const PreludeTable &Table;
  OwnMeaning OwnOf;
  std::vector<uint32_t> State; ///< by macro: what it would mean
  std::vector<uint32_t> Changed; ///< by macro: Requests when a header changed it
  uint32_t Requests = 0;
  /// Whether the unit may see a macro that Clang does not.
  bool HasLost = false;
  llvm::BitVector Requested; ///< by file
  llvm::BitVector Replayed;  ///< by inclusion
  llvm::BitVector Spoilt; ///< by file: uses a name that the unit made a macro
  std::string SpoiltBy;   ///< the last such name
  llvm::BitVector Named;  ///< by function
  uint32_t Body = None;   ///< function whose body is being replayed
  /// Functions that would have read another macro, and the first of these.
  llvm::DenseMap<uint32_t, uint32_t> OtherBodies;
  Conflict First;
  bool HasStarted = false;
};

} // namespace bootorder

#endif
