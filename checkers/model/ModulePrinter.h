//===- ModulePrinter.h - the parts of a listing that are shared -----------===//

#ifndef BOOTORDER_MODEL_MODULEPRINTER_H
#define BOOTORDER_MODEL_MODULEPRINTER_H

#include "model/ExprPrinter.h"
#include <initializer_list>

namespace bootorder {

llvm::StringRef spelling(AsmItemKind Kind);

/// Prints names, places and tags, as FactsPrinter.h shows them.
class ModulePrinter {
public:
  ModulePrinter(const FactsModule &Module, llvm::raw_ostream &OS)
      : Module(Module), OS(OS) {}

  void function(const Function &F);
  void object(const Object &O);
  void asmText(const AsmText &A);
  void alias(const Alias &A);
  /// Symbols that the module mentions and does not define.
  void declarations();

  /// `FILE:LINE:COLUMN`, without the file if that is \p Home; `nowhere` for
  /// none.
  void location(const Location &L, StringId Home = StringId());
  /// ` [macro inner < outer]`; nothing for none.
  void macro(MacroId M);
  /// ` in .init.text`; nothing for none.
  void section(StringId Section);
  void signature(const Signature &S);
  /// Flags of \p S and those of \p More that are not empty, in one pair of
  /// brackets.
  void flags(const Symbol &S, std::initializer_list<llvm::StringRef> More);

  const FactsModule &Module;
  llvm::raw_ostream &OS;

private:
  void items(const std::vector<AsmItem> &Items);
};

} // namespace bootorder

#endif
