//===- Symbol.h - names, places and types that facts refer to -------------===//

#ifndef BOOTORDER_MODEL_SYMBOL_H
#define BOOTORDER_MODEL_SYMBOL_H

#include "model/Ids.h"
#include <tuple>
#include <vector>

namespace bootorder {

/// A place in the source. Line and column are 1-based; line 0 means none.
struct Location {
  StringId File; ///< relative to the kernel root; absolute if outside it
  uint32_t Line = 0;
  uint32_t Column = 0;
  friend bool operator==(const Location &A, const Location &B) {
    return A.File == B.File && A.Line == B.Line && A.Column == B.Column;
  }
};

/// One macro expansion: `local_irq_enable()` written at Loc. Nested
/// expansions lead outward through Parent.
struct MacroExpansion {
  StringId Name;
  Location Loc; ///< where this macro's name is written
  MacroId Parent;
  friend bool operator==(const MacroExpansion &A, const MacroExpansion &B) {
    return A.Name == B.Name && A.Loc == B.Loc && A.Parent == B.Parent;
  }
};

enum class SymbolKind : uint8_t { Function, Object };

/// How a name joins with the same name in other translation units.
enum class LinkageKind : uint8_t {
  External, ///< by name
  Internal, ///< `static` in a source file: this translation unit only
  Header,   ///< `static inline` in a header: by content key
  Local,    ///< `static` inside a function: by that function's identity
};

/// A function or an object with static storage, defined here or not.
struct Symbol {
  StringId Name;       ///< assembler name; counters in pasted names as '#'
  SymbolKind Kind = SymbolKind::Function;
  LinkageKind Linkage = LinkageKind::External;
  StringId File;       ///< where it is defined; none if only declared
  uint64_t HeaderKey = 0; ///< Header: file, offset, tokens; Local: its owner's
  SymbolId Owner;      ///< Local: the function it is declared in
  uint32_t Ordinal = 0; ///< tells apart equal names with one identity
  bool IsWeak = false; ///< any declaration says weak
  bool IsNoReturn = false;
  bool IsBuiltin = false; ///< `__builtin_*`: the compiler supplies it
  /// External, and what body there is serves only for inlining: `extern inline`
  /// in GNU C89. The definition is another unit's.
  bool IsGnuInline = false;
  SignatureId Signature;  ///< functions
  friend bool operator==(const Symbol &A, const Symbol &B) {
    return A.key() == B.key() && A.IsWeak == B.IsWeak &&
           A.IsNoReturn == B.IsNoReturn && A.IsBuiltin == B.IsBuiltin &&
           A.IsGnuInline == B.IsGnuInline && A.Signature == B.Signature;
  }
  std::tuple<StringId, SymbolKind, LinkageKind, StringId, uint64_t, SymbolId,
             uint32_t>
  key() const {
    return {Name, Kind, Linkage, File, HeaderKey, Owner, Ordinal};
  }
};

/// A field of a record: `machdep_calls.init_IRQ`. Members of anonymous records
/// belong to the nearest named one; an unnamed record in a typedef or variable
/// takes that name, one behind a member is `outer::member`.
struct Field {
  StringId Record;
  StringId Name;
  /// Shares storage with siblings: a member of a union, or of unnamed records
  /// within one. A member of a named record in a union is none by itself; the
  /// path to it has a step that is.
  bool IsInUnion = false;
  friend bool operator==(Field A, Field B) {
    return A.Record == B.Record && A.Name == B.Name &&
           A.IsInUnion == B.IsInUnion;
  }
};

enum class TypeKind : uint8_t {
  Void, Integer, Bool, Enum, Floating, Pointer, FunctionPointer, Record, Array,
};

/// A type as far as values need it.
struct Type {
  TypeKind Kind = TypeKind::Void;
  uint8_t Bits = 0;
  bool IsSigned = false;
  StringId Name; ///< outermost typedef (`gfp_t`), else record or enum tag
                 ///< behind any pointers; none for plain types
  friend bool operator==(const Type &A, const Type &B) {
    return A.Kind == B.Kind && A.Bits == B.Bits && A.IsSigned == B.IsSigned &&
           A.Name == B.Name;
  }
};

struct Signature {
  Type Result;
  std::vector<Type> Params;
  bool IsVariadic = false;
  friend bool operator==(const Signature &A, const Signature &B) {
    return A.Result == B.Result && A.Params == B.Params &&
           A.IsVariadic == B.IsVariadic;
  }
};

} // namespace bootorder

#endif
