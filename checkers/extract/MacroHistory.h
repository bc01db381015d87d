//===- MacroHistory.h - whether text still means what it did --------------===//
//
// A body that is read at the end of a unit has to read what it would have read
// in its place. It does if no name that it looks at, as a macro or not, was
// made or unmade a macro in between.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_MACROHISTORY_H
#define BOOTORDER_EXTRACT_MACROHISTORY_H

#include "clang/Basic/IdentifierTable.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"
#include <functional>

namespace bootorder {

/// A point in the text of a unit.
struct MacroMoment {
  uint32_t Changes = 0;  ///< of macros, before it
  uint32_t Requests = 0; ///< of headers of the prelude, before it
};

class MacroHistory {
public:
  /// Whether another source of macros says that one has changed since.
  using Changed =
      std::function<bool(const clang::IdentifierInfo &, MacroMoment)>;

  /// Changes of the macros of a prelude are asked of \p Other.
  void follow(Changed Other) { OtherChanged = std::move(Other); }

  /// The macro \p Name was defined or undefined.
  void change(const clang::IdentifierInfo &Name) { Last[&Name] = ++Changes; }

  uint32_t changes() const { return Changes; }

  /// From now on text is read that stands at \p Then, in the text of the macros
  /// \p Around, which must not be replaced in it.
  void returnTo(MacroMoment Then, llvm::ArrayRef<llvm::StringRef> Around) {
    Past = Then;
    Disabled.clear();
    for (llvm::StringRef Name : Around)
      Disabled.insert(Name);
    IsBack = true;
    IsTrue = true;
  }

  /// The preprocessor replaces the macro \p Name.
  void replace(const clang::IdentifierInfo &Name) {
    look(Name);
    if (IsBack && Disabled.contains(Name.getName()))
      IsTrue = false;
  }

  /// The preprocessor has come upon \p Name.
  void look(const clang::IdentifierInfo &Name) {
    if (IsBack && IsTrue && hasChanged(Name))
      IsTrue = false;
  }

  /// Ends returnTo(). Whether all names looked at meant what they did then.
  bool comeBack() {
    IsBack = false;
    return IsTrue;
  }

private:
  bool hasChanged(const clang::IdentifierInfo &Name) const {
    return Last.lookup(&Name) > Past.Changes ||
           (OtherChanged && OtherChanged(Name, Past));
  }

  llvm::DenseMap<const clang::IdentifierInfo *, uint32_t> Last;
  uint32_t Changes = 0;
  Changed OtherChanged;
  MacroMoment Past;
  llvm::StringSet<> Disabled;
  bool IsBack = false, IsTrue = true;
};

} // namespace bootorder

#endif
