//===- FactsBuilder.h - fills a facts module ------------------------------===//

#ifndef BOOTORDER_MODEL_FACTSBUILDER_H
#define BOOTORDER_MODEL_FACTSBUILDER_H

#include "model/Facts.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include <map>

namespace bootorder {

/// Interns names into a growing module; consumed by build().
///
/// Every intern function returns the index of an equal entry if there is one,
/// so equal inputs in equal order give equal modules.
class FactsBuilder {
public:
  FactsBuilder();

  StringId string(llvm::StringRef Text);
  /// None for an empty text.
  StringId optionalString(llvm::StringRef Text);
  /// \p IsInUnion is joined, as two records of one name may differ.
  FieldId field(llvm::StringRef Record, llvm::StringRef Name,
                bool IsInUnion = false);
  SignatureId signature(Signature S);
  MacroId macro(const MacroExpansion &M);
  /// Joins flags with an entry of the same identity.
  SymbolId symbol(const Symbol &S);

  Symbol &operator[](SymbolId S) { return Module.Symbols[S.Value]; }
  llvm::StringRef str(StringId S) const { return Module.str(S); }

  /// The module so far; functions, objects, aliases and asm are added to it
  /// directly.
  FactsModule Module;

  /// Takes the module out; the builder is empty afterwards.
  FactsModule build() &&;

private:
  struct Arena {
    llvm::BumpPtrAllocator Allocator;
  };
  std::shared_ptr<Arena> Characters;
  llvm::DenseMap<llvm::StringRef, uint32_t> StringIndex;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> FieldIndex;
  std::map<decltype(std::declval<Symbol>().key()), uint32_t> SymbolIndex;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, uint32_t>,
           uint32_t>
      MacroIndex;
};

} // namespace bootorder

#endif
