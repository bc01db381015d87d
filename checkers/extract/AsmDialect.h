//===- AsmDialect.h - what differs between assembly languages -------------===//
//
// Knowledge of instruction sets and of GNU as, none of the kernel.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_EXTRACT_ASMDIALECT_H
#define BOOTORDER_EXTRACT_ASMDIALECT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/TargetParser/Triple.h"
#include <cstdint>

namespace bootorder {

/// Architectures that spell assembly alike.
enum class AsmFamily : uint8_t {
  X86,
  Arm,
  Arm64,
  PowerPc,
  RiscV,
  S390,
  Mips, ///< and LoongArch, which also writes `$` before a register
  Sparc,
  Unknown, ///< what any of the above accepts, where they do not contradict
};

AsmFamily asmFamily(llvm::Triple::ArchType Arch);

/// What an instruction's operands mean to somebody who looks for names.
enum class MnemonicKind : uint8_t {
  Plain,    ///< names among the operands are symbols
  Branch,   ///< the last operand is where control goes
  Prefix,   ///< `rep`, `lock`: the instruction follows
  NoSymbol, ///< `mrs x0, sctlr_el1`: names are not symbols
};

/// \p Mnemonic is in lower case.
MnemonicKind classifyMnemonic(AsmFamily Family, llvm::StringRef Mnemonic);

/// Whether \p Name, written without '%' or '$', is a register or another
/// operand word (`lsl`, `eq`) of \p Family rather than a symbol.
bool isRegister(AsmFamily Family, llvm::StringRef Name);

/// Whether the character at \p Position of \p Text begins a comment that runs
/// to the end of the line. `//` does everywhere and is not asked for.
bool startsLineComment(AsmFamily Family, llvm::StringRef Text, size_t Position);

} // namespace bootorder

#endif
