//===- Facts.h - all that is kept of one translation unit -----------------===//
//
// A FactsModule owns its strings and refers to everything by index. A
// translation unit is one module; each header inline function is a module of
// its own, stored once under its content key and listed by the units using it.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_FACTS_H
#define BOOTORDER_MODEL_FACTS_H

#include "model/Function.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>

namespace bootorder {

/// One step from an object to a part of it: a field, or an array index when
/// Field is none. Index Any stands for "every element".
struct PathStep {
  static constexpr uint32_t Any = ~0u;
  FieldId Field;
  uint32_t Index = 0;
  friend bool operator==(PathStep A, PathStep B) {
    return A.Field == B.Field && A.Index == B.Index;
  }
};

/// A part of an object that does not start as zero.
struct InitialValue {
  Range Path;   ///< run in Object::Path; empty for a scalar object
  ExprId Value; ///< Constant, String, Function, address of an object; Unknown
                ///< for a table of numbers too long to keep
  Location Loc;
};

/// A variable with static storage: `static struct file_operations f = {...}`.
struct Object {
  SymbolId Symbol;
  Location Loc;
  MacroId Macro;    ///< expansion that declares it: `early_param`
  StringId Section; ///< `.init.setup`; none for the default
  Type ValueType;   ///< of the object, or of one element if an array
  bool IsArray = false;
  bool IsConst = false;
  bool IsDefinition = false;         ///< has a body here (tentative ones count)
  std::vector<InitialValue> Initial; ///< sorted as in the source
  std::vector<PathStep> Path;
  ExprPool Exprs;
};

/// `__attribute__((alias("target")))` on a function or an object.
struct Alias {
  SymbolId Symbol;
  StringId Target;
  Location Loc;
};

/// A complaint of the parser that did not cost the unit.
struct ParseNote {
  std::string File; ///< relative to the kernel root; empty if none
  uint32_t Line = 0;
  uint32_t Column = 0;
  std::string Message;
};

/// Facts of one translation unit, or of one header function.
struct FactsModule {
  std::vector<llvm::StringRef> Strings; ///< unique; into Arena or a mapped file
  std::vector<Symbol> Symbols;          ///< unique by key()
  std::vector<Field> Fields;            ///< unique
  std::vector<Signature> Signatures;    ///< unique
  std::vector<MacroExpansion> Macros;   ///< unique, parents first
  std::vector<Function> Functions;
  std::vector<Object> Objects;
  std::vector<Alias> Aliases;
  std::vector<AsmText> Asms; ///< file-scope asm; a .S unit has one
  /// Keeps the characters of Strings alive: an arena or a file mapping.
  std::shared_ptr<void> Storage;

  llvm::StringRef str(StringId S) const {
    return S.isValid() ? Strings[S.Value] : llvm::StringRef();
  }
  const Symbol &operator[](SymbolId S) const { return Symbols[S.Value]; }
  const Field &operator[](FieldId F) const { return Fields[F.Value]; }
  const MacroExpansion &operator[](MacroId M) const { return Macros[M.Value]; }
  const Signature &operator[](SignatureId S) const {
    return Signatures[S.Value];
  }
};

enum class UnitKind : uint8_t { C, Assembly };

/// Facts of one translation unit.
struct TuFacts {
  std::string Source; ///< relative to the kernel root
  std::string Output; ///< object file, relative to the object root
  UnitKind Kind = UnitKind::C;
  FactsModule Module;
  std::vector<uint64_t> HeaderKeys; ///< sorted: header functions it uses
  std::vector<ParseNote> Notes;     ///< errors Clang recovered from
  uint32_t FlowLostFunctions = 0;
};

/// Facts of one header function; Module.Functions has exactly one entry.
struct HeaderFacts {
  uint64_t Key = 0;
  FactsModule Module;
  /// Errors in its body, until canonicaliseHeaders() hands them to the units.
  std::vector<ParseNote> Notes;
};

} // namespace bootorder

#endif
