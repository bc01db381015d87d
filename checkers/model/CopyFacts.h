//===- CopyFacts.h - trees and names from one module to another -----------===//

#ifndef BOOTORDER_MODEL_COPYFACTS_H
#define BOOTORDER_MODEL_COPYFACTS_H

#include "model/Facts.h"

namespace bootorder {

/// Enters what a tree of one module refers to into the tables of another, or of
/// the same one. Entries that are there are used again. A look-up is linear in
/// the table: meant for a handful of trees.
class FactsCopier {
public:
  /// Both outlive the copier; \p To keeps the strings of \p From alive.
  FactsCopier(const FactsModule &From, FactsModule &To);

  /// Copies the tree \p Root from \p Source to \p Target. References keep the
  /// number of their event.
  ExprId tree(const ExprPool &Source, ExprId Root, ExprPool &Target);
  StringId string(StringId S);
  Location location(const Location &L);
  MacroId macro(MacroId M);

private:
  SymbolId symbol(SymbolId S);
  FieldId field(FieldId F);
  SignatureId signature(SignatureId S);
  Type type(Type T);

  const FactsModule &From;
  FactsModule &To;
};

} // namespace bootorder

#endif
