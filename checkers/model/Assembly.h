//===- Assembly.h - what assembly text names ------------------------------===//
//
// File-scope asm, inline asm templates and preprocessed `.S` files are read
// for names only: which symbols they define, call, point to or alias, and in
// which section. `.long init - .` in `.initcall6.init` is how most initcalls
// of x86 and arm64 are registered (include/linux/init.h, v6.12).
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_MODEL_ASSEMBLY_H
#define BOOTORDER_MODEL_ASSEMBLY_H

#include "model/Symbol.h"

namespace bootorder {

enum class AsmItemKind : uint8_t {
  Define, ///< `name:`
  Call,   ///< `call name`, `bl name`, `jmp name`, `b name`
  Data,   ///< `.long name - .`, `.quad name`: a pointer kept in Section
  Alias,  ///< `.set name, target`: Name stands for Target
  Global, ///< `.globl name`
  Weak,   ///< `.weak name`
  Mention ///< any other use of a name: `lea name(%rip), %rax`
};

struct AsmItem {
  AsmItemKind Kind = AsmItemKind::Mention;
  StringId Name;
  StringId Section; ///< current section; none means where the code goes
  StringId Target;  ///< Alias
  StringId Within;  ///< label or function symbol it stands under, if any
  uint32_t Line = 0; ///< 1-based line within the text
  friend bool operator==(const AsmItem &A, const AsmItem &B) {
    return A.Kind == B.Kind && A.Name == B.Name && A.Section == B.Section &&
           A.Target == B.Target && A.Within == B.Within && A.Line == B.Line;
  }
};

/// A file-scope `asm("...")`, or a whole `.S` file.
struct AsmText {
  Location Loc;
  MacroId Macro; ///< expansion it came from: `core_initcall`
  std::vector<AsmItem> Items; ///< in text order
  friend bool operator==(const AsmText &A, const AsmText &B) {
    return A.Loc == B.Loc && A.Macro == B.Macro && A.Items == B.Items;
  }
};

} // namespace bootorder

#endif
