#include "extract/AsmScanner.h"
#include "gmock/gmock.h"

using namespace bootorder;
using llvm::StringRef;
using llvm::Triple;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

StringRef spelling(AsmItemKind Kind) {
  switch (Kind) {
  case AsmItemKind::Define:
    return "define";
  case AsmItemKind::Call:
    return "call";
  case AsmItemKind::Data:
    return "data";
  case AsmItemKind::Alias:
    return "alias";
  case AsmItemKind::Global:
    return "global";
  case AsmItemKind::Weak:
    return "weak";
  case AsmItemKind::Mention:
    return "mention";
  }
  return "";
}

struct Scanned {
  FactsBuilder Builder;
  std::vector<AsmItem> Items;
  Scanned(StringRef Text, Triple::ArchType Arch)
      : Items(scanAssembly(Text, Builder, Arch)) {}
};

/// `kind name[=target]` of every item.
std::vector<std::string> names(StringRef Text, Triple::ArchType Arch) {
  Scanned S(Text, Arch);
  std::vector<std::string> Out;
  for (const AsmItem &I : S.Items) {
    Out.push_back((spelling(I.Kind) + " " + S.Builder.str(I.Name)).str());
    if (I.Target.isValid())
      Out.back() += ("=" + S.Builder.str(I.Target)).str();
  }
  return Out;
}

std::vector<std::string> x86(StringRef Text) {
  return names(Text, Triple::x86_64);
}

/// `name@section<within` of every item.
std::vector<std::string> places(StringRef Text,
                                Triple::ArchType Arch = Triple::x86_64) {
  Scanned S(Text, Arch);
  std::vector<std::string> Out;
  for (const AsmItem &I : S.Items)
    Out.push_back((S.Builder.str(I.Name) + "@" + S.Builder.str(I.Section) +
                   "<" + S.Builder.str(I.Within))
                      .str());
  return Out;
}

/// `name:line` of every item.
std::vector<std::string> lines(StringRef Text) {
  Scanned S(Text, Triple::x86_64);
  std::vector<std::string> Out;
  for (const AsmItem &I : S.Items)
    Out.push_back((S.Builder.str(I.Name) + ":" + llvm::Twine(I.Line)).str());
  return Out;
}

TEST(AsmScanner, X86CallsAndJumps) {
  EXPECT_THAT(x86("call foo\n\tjmp bar@PLT\n jne baz\n callq q"),
              ElementsAre("call foo", "call bar", "call baz", "call q"));
}

TEST(AsmScanner, X86BranchThroughMemoryOnlyMentions) {
  EXPECT_THAT(x86("call *ops(%rip); jmp *%rax; call *table(,%rax,8)"),
              ElementsAre("mention ops", "mention table"));
}

TEST(AsmScanner, X86OperandsAreNotNames) {
  EXPECT_THAT(x86("call *%[paravirt_opptr]; call %P0; call %c[fn]; mov %%rax, "
                  "%0; jmp %l[label]; add %%gs:%1, %k2"),
              IsEmpty());
}

TEST(AsmScanner, X86ImmediatesAndAddresses) {
  EXPECT_THAT(x86("lea foo(%rip), %rdi; mov $bar, %rsi; push $0x10; "
                  "movq %gs:pcpu+8(%rip), %rax"),
              ElementsAre("mention foo", "mention bar", "mention pcpu"));
}

TEST(AsmScanner, X86PrefixesStandBeforeTheInstruction) {
  EXPECT_THAT(x86("rep; stosb; notrack jmp foo; lock incl counter(%rip)"),
              ElementsAre("call foo", "mention counter"));
}

TEST(AsmScanner, X86FarJump) {
  EXPECT_THAT(x86("ljmp $0x10, $foo"), ElementsAre("call foo"));
}

TEST(AsmScanner, NamesPastedFromOperandsAreDropped) {
  EXPECT_THAT(x86("call __get_user_%c0; call __put_%[size]_x; .Lx%=:"),
              IsEmpty());
}

TEST(AsmScanner, InitcallTable) {
  EXPECT_THAT(x86(".section \".initcall6.init\", \"a\"\n__initcall_x6:\n"
                  ".long my_init - .\n.previous\n"),
              ElementsAre("define __initcall_x6", "data my_init"));
}

TEST(AsmScanner, EveryDataDirective) {
  for (const char *D : {".long", ".4byte", ".word", ".quad", ".8byte", ".dword",
                        ".llong", ".int", ".xword"})
    EXPECT_THAT(x86((llvm::Twine(D) + " sym + 8").str()),
                ElementsAre("data sym"))
        << D;
}

TEST(AsmScanner, DataIsMeasuredFromABase) {
  EXPECT_THAT(x86(".long a - base, b - (other), 1b - ., . - c, (d) - ."),
              ElementsAre("data a", "mention base", "data b", "mention other",
                          "mention c", "data d"));
}

TEST(AsmScanner, NumbersAndLocalLabelsAreNotNames) {
  EXPECT_THAT(x86("771: jmp 772f; 772: .long 771b - ., .Lfoo - .; .Lfoo: "
                  "mov $0xffff, %eax; jmp 1b; .quad 0x10, 42"),
              IsEmpty());
}

TEST(AsmScanner, OtherDataIsIgnored) {
  EXPECT_THAT(x86(".byte 662b-661b; .ascii \"call foo\"; .string \"a;b\"; "
                  ".skip x; .size f, . - f; .type f, @function"),
              IsEmpty());
}

TEST(AsmScanner, Aliases) {
  EXPECT_THAT(x86(".set a, b; .equ c, d; e = f; .set g, .; .weakref h, i"),
              ElementsAre("alias a=b", "alias c=d", "alias e=f", "define g",
                          "alias h=i"));
}

TEST(AsmScanner, ConstantsAreNotNames) {
  EXPECT_THAT(x86(".set SIZE, 4096\nN = 3\nmov $SIZE, %eax; add $N, %eax"),
              IsEmpty());
}

TEST(AsmScanner, GlobalAndWeak) {
  EXPECT_THAT(x86(".globl a, b\n.global c\n.weak d\n.hidden e"),
              ElementsAre("global a", "global b", "global c", "weak d"));
}

TEST(AsmScanner, LabelBeforeAnInstruction) {
  EXPECT_THAT(
      x86("foo: bar: call baz\n\"quoted\": nop\n.local_one: nop"),
      ElementsAre("define foo", "define bar", "call baz", "define quoted"));
}

TEST(AsmScanner, Common) {
  EXPECT_THAT(x86(".comm buffer, 4096, 32"), ElementsAre("define buffer"));
}

TEST(AsmScanner, CommentsEndAtTheLine) {
  EXPECT_THAT(x86("# call a\ncall b # call c\n/* call d\ncall e */ call f\n"
                  "// call g\n# ALT: don't\ncall h"),
              ElementsAre("call b", "call f", "call h"));
}

TEST(AsmScanner, ApostropheIsACharacter) {
  EXPECT_THAT(x86("movb $'\", %al; call a\nmovb $';, %al; call b"),
              ElementsAre("call a", "call b"));
}

TEST(AsmScanner, ArmComments) {
  EXPECT_THAT(names("mov r0, #1 @ call foo\n bl bar @ done\n#comment baz\n",
                    Triple::arm),
              ElementsAre("call bar"));
}

TEST(AsmScanner, ArmBranches) {
  EXPECT_THAT(
      names("bl a; b b1x; blx c; beq d; blne e; bls f; b.w g; cbz r0, h;"
            "bx lr; bic r0, r1, r2; ldr pc, =i; adr r3, j; blx r3",
            Triple::arm),
      ElementsAre("call a", "call b1x", "call c", "call d", "call e", "call f",
                  "call g", "call h", "mention i", "mention j"));
}

TEST(AsmScanner, ArmSystemOperandsAreNotNames) {
  EXPECT_THAT(names("mcr p15, 0, r0, c1, c0, 0; msr cpsr_c, r0; dsb sy; "
                    "mov r1, r2, lsl #2; stmfd sp!, {r4 - r11, lr}; "
                    "base .req r4; add base, base, #1",
                    Triple::arm),
              IsEmpty());
}

TEST(AsmScanner, ArmTypeOperator) {
  EXPECT_THAT(names(".type f, %function\nf: .word g\n", Triple::arm),
              ElementsAre("define f", "data g"));
}

TEST(AsmScanner, Arm64Branches) {
  EXPECT_THAT(names("bl a; b b; b.eq c; cbnz x0, d; tbz w1, #3, e; br x8; ret",
                    Triple::aarch64),
              ElementsAre("call a", "call b", "call c", "call d", "call e"));
}

TEST(AsmScanner, Arm64Addresses) {
  EXPECT_THAT(names("adrp x0, a; add x0, x0, :lo12:a; ldr x1, =b; adr x2, c; "
                    "ldr w3, [x0, #:lo12:d]; add x1, x2, w3, uxtw #2",
                    Triple::aarch64),
              ElementsAre("mention a", "mention a", "mention b", "mention c",
                          "mention d"));
}

TEST(AsmScanner, Arm64SystemOperandsAreNotNames) {
  EXPECT_THAT(names("mrs x0, sctlr_el1; msr daifset, #2; tlbi vmalle1; "
                    "csel x0, x1, xzr, eq; ld1 {v0.16b, v1.16b}, [x0]; isb",
                    Triple::aarch64),
              IsEmpty());
}

TEST(AsmScanner, PowerPcDotSymbols) {
  EXPECT_THAT(
      names("bl .start_kernel; nop; .globl .f; .f: b .Lx; bl g@notoc",
            Triple::ppc64),
      ElementsAre("call start_kernel", "global f", "define f", "call g"));
}

TEST(AsmScanner, PowerPcDescriptorIsNoPointer) {
  EXPECT_THAT(names(".section \".opd\",\"aw\"\nf:\n.quad .f\n"
                    ".quad .TOC.@tocbase\n.quad 0\n.previous\n.f:\n"
                    ".llong .handler",
                    Triple::ppc64),
              ElementsAre("define f", "define f", "data handler"));
}

TEST(AsmScanner, PowerPcBranchesAndAddresses) {
  EXPECT_THAT(names("lis r3,a@ha; addi r3,r3,a@l; bctrl; blr; beq+ cr0,b; "
                    "bdnz- c; bcl 20,31,1f; beql d; lwz 4,e@toc(2)",
                    Triple::ppc),
              ElementsAre("mention a", "mention a", "call b", "call c",
                          "call d", "mention e"));
}

TEST(AsmScanner, PowerPcRegistersAreNotNames) {
  EXPECT_THAT(names("mtlr r0; cmpwi cr1,r3,0; crand 4*cr0+eq,4*cr1+eq,so; "
                    "stw r1,8(r1); lfd f0,0(r3); lvx v1,r0,r4",
                    Triple::ppc64le),
              IsEmpty());
}

TEST(AsmScanner, RiscV) {
  EXPECT_THAT(names("call a; tail b; la a0, c; j d; jal ra, e; beqz t0, f; "
                    "lla s1, g; csrw sstatus, t1; jr ra; "
                    "auipc a1, %pcrel_hi(h); fence rw, rw; REG_S",
                    Triple::riscv64),
              ElementsAre("call a", "call b", "mention c", "call d", "call e",
                          "call f", "mention g", "mention h"));
}

TEST(AsmScanner, S390) {
  EXPECT_THAT(names("brasl %r14,a; larl %r2,b; jg c; jne d; jnz .Le; "
                    "brcl 15,e@PLT; cgije %r1,0,f; clgrj %r1,%r2,2,g; "
                    "br %r14; lg %r1,__LC(%r2)",
                    Triple::systemz),
              ElementsAre("call a", "mention b", "call c", "call d", "call e",
                          "call f", "call g", "mention __LC"));
}

TEST(AsmScanner, Mips) {
  EXPECT_THAT(
      names(".set noreorder\n.set push\njal a\n la $t0, b\n beqz $4, c\n"
            "lw $t9, %got(d)($gp)\n jr $ra\n bal e # call f\n",
            Triple::mips64),
      ElementsAre("call a", "mention b", "call c", "mention d", "call e"));
}

TEST(AsmScanner, LoongArchAndSparc) {
  EXPECT_THAT(names("bl a; la.pcrel $t0, b; beqz $a0, c", Triple::loongarch64),
              ElementsAre("call a", "mention b", "call c"));
  EXPECT_THAT(names("call a ! call b\n ba,pt %xcc, c\n sethi %hi(d), %g1",
                    Triple::sparcv9),
              ElementsAre("call a", "call c", "mention d"));
}

TEST(AsmScanner, UnknownArchitectureAcceptsTheCommonPart) {
  EXPECT_THAT(names("call a # no\n bl b\n brasl %r14,c\n.long d - .\n"
                    "add r0, x1, a0",
                    Triple::UnknownArch),
              ElementsAre("call a", "call b", "call c", "data d"));
}

TEST(AsmScanner, SectionStack) {
  EXPECT_THAT(places("call a\n.pushsection .init.text,\"ax\"\ncall b\n"
                     ".section \".x\"\ncall c\n.previous\ncall d\n"
                     ".popsection\ncall e\n.text\ncall f\n.data\n.long g"),
              ElementsAre("a@<", "b@.init.text<", "c@.x<", "d@.init.text<",
                          "e@<", "f@.text<", "g@.data<"));
}

TEST(AsmScanner, UnbalancedPopIsHarmless) {
  EXPECT_THAT(places(".popsection\n.previous\ncall a"), ElementsAre("a@<"));
}

TEST(AsmScanner, WithinIsTheLastSymbol) {
  EXPECT_THAT(places("f: call a\n1: call b\n.Lx: call c\ng: call d"),
              ElementsAre("f@<", "a@<f", "b@<f", "c@<f", "g@<f", "d@<g"));
}

TEST(AsmScanner, FixupBelongsToItsFunction) {
  EXPECT_THAT(places("f:\n.pushsection .fixup,\"ax\"\ncall a\n.popsection\n"
                     "g:\n.section .fixup,\"ax\"\ncall b\n.previous\ncall c"),
              ElementsAre("f@<", "a@.fixup<f", "g@<f", "b@.fixup<g", "c@<g"));
}

TEST(AsmScanner, TableHasItsOwnLabel) {
  EXPECT_THAT(places("f: nop\n.data\ntable: .long a\n.previous\ncall b"),
              ElementsAre("f@<", "table@.data<f", "a@.data<table", "b@<f"));
}

TEST(AsmScanner, MacroBodyIsTextWithoutItsArguments) {
  EXPECT_THAT(x86(".macro entry sym cfunc:req\n\\sym:\ncall \\cfunc\n"
                  "call do_\\cfunc\ncall \\cfunc\\()_x\ncall always\n.endm\n"
                  "entry asm_exc exc"),
              ElementsAre("call always", "mention asm_exc", "mention exc"));
}

TEST(AsmScanner, MacroBodyDoesNotMoveTheSection) {
  EXPECT_THAT(places("f:\n.macro m\n.pushsection .x\ng: call a\n.endm\n"
                     "call b"),
              ElementsAre("f@<", "g@.x<", "a@.x<", "b@<f"));
}

TEST(AsmScanner, ConditionalsAndRepetitionAreText) {
  EXPECT_THAT(
      x86(".if X == 1\ncall a\n.else\ncall b\n.endif\n.rept 3\n"
          "call c\n.endr\n.irp fn, d, e\n.quad \\fn\n.endr\n"
          ".ifdef f\n.endif"),
      ElementsAre("call a", "call b", "call c", "mention d", "mention e"));
}

TEST(AsmScanner, QuotedArgumentsAreStatements) {
  EXPECT_THAT(x86("ALTERNATIVE \"call a\", \"call b; jmp c\", 3"),
              ElementsAre("call a", "call b", "call c"));
}

TEST(AsmScanner, KeywordArgumentsAreNotNames) {
  EXPECT_THAT(x86("idtentry 3 handler has_error_code=1"),
              ElementsAre("mention handler"));
}

TEST(AsmScanner, LinesOfPlainText) {
  EXPECT_THAT(lines("call a\n\n\tcall b; call c\n"),
              ElementsAre("a:1", "b:3", "c:3"));
}

TEST(AsmScanner, LinesFollowMarkersOfTheMainFile) {
  EXPECT_THAT(lines("# 1 \"head.S\"\n# 1 \"<built-in>\" 1\n# 1 \"head.S\" 2\n"
                    "call a\n"
                    "# 7 \"head.S\"\ncall b\n"
                    "# 1 \"inc.h\" 1\ncall c\ncall d\n# 9 \"head.S\" 2\n"
                    "call e\n"),
              ElementsAre("a:1", "b:7", "c:8", "d:8", "e:9"));
}

TEST(AsmScanner, DamagedTextIsHarmless) {
  for (const char *Text : {"\"", "'", "%", "\\", "%[", "$", "a=", ".set", ":",
                           ".section", ".section \"", "/*", "call \"x", "@",
                           "# 1 \"", "%%", ".macro", ".endm", "foo\\"})
    for (Triple::ArchType Arch : {Triple::x86_64, Triple::arm, Triple::ppc64})
      names(Text, Arch);
}

} // namespace
