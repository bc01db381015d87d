//===- AsmDialect.cpp - what differs between assembly languages -----------===//

#include "extract/AsmDialect.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace bootorder;
using llvm::StringRef;

AsmFamily bootorder::asmFamily(llvm::Triple::ArchType Arch) {
  llvm::Triple T;
  T.setArch(Arch);
  if (T.isX86())
    return AsmFamily::X86;
  if (T.isARM() || T.isThumb())
    return AsmFamily::Arm;
  if (T.isAArch64())
    return AsmFamily::Arm64;
  if (T.isPPC())
    return AsmFamily::PowerPc;
  if (T.isRISCV())
    return AsmFamily::RiscV;
  if (T.isSystemZ())
    return AsmFamily::S390;
  if (T.isMIPS() || T.isLoongArch())
    return AsmFamily::Mips;
  if (T.isSPARC())
    return AsmFamily::Sparc;
  return AsmFamily::Unknown;
}

namespace {

/// Space-separated words, each also preceded and followed by a space.
using WordList = llvm::StringLiteral;

bool contains(StringRef Words, StringRef Word) {
  while (!Words.empty()) {
    auto [First, Rest] = Words.ltrim(' ').split(' ');
    if (First == Word)
      return true;
    Words = Rest;
  }
  return false;
}

constexpr WordList X86Branches =
    "call callq calll callw lcall jmp jmpq jmpl ljmp ljmpl ljmpq jcxz jecxz "
    "jrcxz loop loope loopne xbegin "
    "ja jae jb jbe jc je jg jge jl jle jna jnae jnb jnbe jnc jne jng jnge jnl "
    "jnle jno jnp jns jnz jo jp jpe jpo js jz";
constexpr WordList X86Prefixes =
    "lock rep repe repz repne repnz notrack bnd data16 data32 addr32 rex64 "
    "cs ds es fs gs ss";
constexpr WordList ArmConditions =
    "eq ne cs hs cc lo mi pl vs vc hi ls ge lt gt le al";
constexpr WordList PpcStems =
    "b bc beq bne blt bgt ble bge bso bns bun bnu bng bnl bt bf bdnz bdz "
    "bdnzt bdnzf bdzt bdzf";
constexpr WordList RiscVBranches =
    "call tail j jal jump c.j c.jal beq bne blt bge bltu bgeu beqz bnez blez "
    "bgez bltz bgtz bgt ble bgtu bleu";
constexpr WordList S390Branches =
    "brasl bras brc brcl brct brctg brcth brxh brxle brxhg brxlg bru brul jas "
    "jasl jct jctg jxh jxle";
constexpr WordList S390Conditions =
    "e ne h nh l nl he nhe le nle lh nlh o no m nm p np z nz";
constexpr WordList S390CompareStems = "cij cgij clij clgij crj cgrj clrj clgrj";
constexpr WordList MipsBranches =
    "jal j jalx jals bal b bl bc balc beq bne beqz bnez blez bgez bltz bgtz "
    "bgt ble blt bge bltu bgeu bgtu bleu beql bnel beqzl bnezl blezl bgezl "
    "bltzl bgtzl bltzal bgezal bltzall bgezall call36 tail36";
constexpr WordList SparcBranches =
    "call b ba bn bne be bz bnz bg ble bge bl bgu bleu bcc bcs bgeu blu bpos "
    "bneg bvc bvs brz brnz brlez brlz brgz brgez jmp";

constexpr WordList ArmNoSymbol =
    "mrs msr mcr mcrr mrc mrrc cdp dsb dmb isb cps cpsid cpsie setend svc hvc "
    "smc it ite itt itte ittt dc ic at tlbi sys sysl hint prfm psb tsb csel "
    "cset csetm csinc csinv csneg cinc cinv cneg ccmp ccmn fcsel vmrs vmsr";
constexpr WordList RiscVNoSymbol =
    "csrr csrw csrs csrc csrrw csrrs csrrc csrwi csrsi csrci csrrwi csrrsi "
    "csrrci fence fence.i fence.tso vsetvli vsetivli";

bool isArmBranch(StringRef M) {
  if (!M.consume_back(".w"))
    M.consume_back(".n");
  if (contains("cbz cbnz tbz tbnz", M))
    return true;
  for (StringRef Stem : {"b.", "bc.", "blx", "bl", "bx", "b"})
    if (StringRef Rest = M; Rest.consume_front(Stem))
      if (Rest.empty() || contains(ArmConditions, Rest))
        return true;
  return false;
}

bool isPpcBranch(StringRef M) {
  M = M.rtrim("+-");
  for (StringRef Suffix : {"", "la", "l", "a"})
    if (StringRef Stem = M; Stem.consume_back(Suffix))
      if (contains(PpcStems, Stem))
        return true;
  return false;
}

bool isS390Branch(StringRef M) {
  if (contains(S390Branches, M) || M == "j" || M == "jg")
    return true;
  for (StringRef Stem : {"jg", "jl", "j", "brc", "br"})
    if (StringRef Rest = M; Rest.consume_front(Stem))
      if (contains(S390Conditions, Rest))
        return true;
  for (StringRef Condition : {"nh", "nl", "ne", "he", "le", "h", "l", "e"})
    if (StringRef Stem = M; Stem.consume_back(Condition))
      if (contains(S390CompareStems, Stem))
        return true;
  return contains(S390CompareStems, M);
}

bool isBranch(AsmFamily Family, StringRef M) {
  switch (Family) {
  case AsmFamily::X86:
    return contains(X86Branches, M);
  case AsmFamily::Arm:
  case AsmFamily::Arm64:
    return isArmBranch(M);
  case AsmFamily::PowerPc:
    return isPpcBranch(M);
  case AsmFamily::RiscV:
    return contains(RiscVBranches, M);
  case AsmFamily::S390:
    return isS390Branch(M);
  case AsmFamily::Mips:
    return contains(MipsBranches, M);
  case AsmFamily::Sparc: // `ba,pt %xcc, target`
    return contains(SparcBranches, M.split(',').first);
  case AsmFamily::Unknown:
    return contains(X86Branches, M) || isArmBranch(M) || isPpcBranch(M) ||
           contains(RiscVBranches, M) || isS390Branch(M) ||
           contains(MipsBranches, M) || contains("bsr bra jsr jbsr br", M);
  }
  llvm_unreachable("every family is handled");
}

/// Registers Prefix0 .. Prefix<Last> of Family.
struct RegisterRow {
  AsmFamily Family;
  llvm::StringLiteral Prefix;
  unsigned Last;
};

constexpr RegisterRow NumberedRegisters[] = {
    {AsmFamily::Arm, "r", 15},      {AsmFamily::Arm, "a", 4},
    {AsmFamily::Arm, "v", 8},       {AsmFamily::Arm, "s", 31},
    {AsmFamily::Arm, "d", 31},      {AsmFamily::Arm, "q", 15},
    {AsmFamily::Arm, "p", 15},      {AsmFamily::Arm, "c", 15},
    {AsmFamily::Arm, "cr", 15},     {AsmFamily::Arm64, "x", 30},
    {AsmFamily::Arm64, "w", 30},    {AsmFamily::Arm64, "v", 31},
    {AsmFamily::Arm64, "q", 31},    {AsmFamily::Arm64, "d", 31},
    {AsmFamily::Arm64, "s", 31},    {AsmFamily::Arm64, "h", 31},
    {AsmFamily::Arm64, "b", 31},    {AsmFamily::Arm64, "z", 31},
    {AsmFamily::Arm64, "p", 15},    {AsmFamily::Arm64, "ip", 1},
    {AsmFamily::PowerPc, "r", 31},  {AsmFamily::PowerPc, "f", 31},
    {AsmFamily::PowerPc, "v", 31},  {AsmFamily::PowerPc, "vs", 63},
    {AsmFamily::PowerPc, "vr", 31}, {AsmFamily::PowerPc, "fr", 31},
    {AsmFamily::PowerPc, "cr", 7},  {AsmFamily::RiscV, "x", 31},
    {AsmFamily::RiscV, "t", 6},     {AsmFamily::RiscV, "s", 11},
    {AsmFamily::RiscV, "a", 7},     {AsmFamily::RiscV, "f", 31},
    {AsmFamily::RiscV, "ft", 11},   {AsmFamily::RiscV, "fs", 11},
    {AsmFamily::RiscV, "fa", 7},    {AsmFamily::RiscV, "v", 31},
};

struct OperandWordRow {
  AsmFamily Family;
  WordList Words;
};

constexpr OperandWordRow OperandWords[] = {
    {AsmFamily::Arm, "sb sl fp ip sp lr pc cpsr spsr apsr fpscr fpexc fpsid "
                     "lsl lsr asr ror rrx"},
    {AsmFamily::Arm64, "xzr wzr sp wsp lr fp lsl lsr asr ror uxtb uxth uxtw "
                       "uxtx sxtb sxth sxtw sxtx msl mul vl"},
    {AsmFamily::PowerPc, "lr ctr xer sp rtoc lt gt eq so un"},
    {AsmFamily::RiscV, "zero ra sp gp tp fp rne rtz rdn rup rmm dyn"},
};

bool isNumbered(StringRef Name, StringRef Prefix, unsigned Last) {
  unsigned Number;
  return Name.consume_front(Prefix) && Name.size() <= 2 &&
         !Name.getAsInteger(10, Number) && Number <= Last;
}

bool includes(AsmFamily Asked, AsmFamily Family) {
  return Asked == Family || Asked == AsmFamily::Unknown;
}

} // namespace

MnemonicKind bootorder::classifyMnemonic(AsmFamily Family, StringRef M) {
  if (isBranch(Family, M))
    return MnemonicKind::Branch;
  if (includes(Family, AsmFamily::X86) && contains(X86Prefixes, M))
    return MnemonicKind::Prefix;
  bool IsArm = includes(Family, AsmFamily::Arm) || Family == AsmFamily::Arm64;
  if (IsArm && contains(ArmNoSymbol, M))
    return MnemonicKind::NoSymbol;
  if (includes(Family, AsmFamily::RiscV) && contains(RiscVNoSymbol, M))
    return MnemonicKind::NoSymbol;
  return MnemonicKind::Plain;
}

bool bootorder::isRegister(AsmFamily Family, StringRef Name) {
  std::string Lower = Name.lower();
  // `v0.16b`, `cpsr_c`
  StringRef Stem = StringRef(Lower).split('.').first;
  if (includes(Family, AsmFamily::Arm))
    if (Stem.starts_with("cpsr_") || Stem.starts_with("spsr_"))
      return true;
  for (const RegisterRow &Row : NumberedRegisters)
    if (includes(Family, Row.Family) && isNumbered(Stem, Row.Prefix, Row.Last))
      return true;
  for (const OperandWordRow &Row : OperandWords)
    if (includes(Family, Row.Family) && contains(Row.Words, Stem))
      return true;
  return false;
}

bool bootorder::startsLineComment(AsmFamily Family, StringRef Text,
                                  size_t Position) {
  StringRef Before = Text.take_front(Position).rtrim(" \t");
  bool IsFirst = Before.empty() || Before.back() == '\n';
  bool IsBlankAfter =
      Position + 1 >= Text.size() || llvm::isSpace(Text[Position + 1]);
  switch (Text[Position]) {
  case '#': // elsewhere on these, '#' begins an immediate: `mov x0, #1`
    if (Family == AsmFamily::Arm || Family == AsmFamily::Arm64 ||
        Family == AsmFamily::Sparc)
      return IsFirst;
    return Family != AsmFamily::Unknown || IsFirst || IsBlankAfter;
  case '@': // elsewhere a suffix: `foo@PLT`, `@function`
    return Family == AsmFamily::Arm ||
           (Family == AsmFamily::Unknown && IsFirst);
  case '!':
    return Family == AsmFamily::Sparc;
  default:
    return false;
  }
}
