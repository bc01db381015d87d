#include "tool/capture/standin/CaptureLog.h"
#include "tool/capture/standin/CompilerCommand.h"
#include "tool/capture/standin/EmptyObject.h"

#include "TestFolder.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

CompilerCommand parse(std::vector<std::string> Arguments) {
  return parseCommand(Arguments);
}

} // namespace

TEST(CompilerCommand, TellsKernelObjectsFromEverythingElse) {
  EXPECT_EQ(parse({"-D__KERNEL__", "-c", "-o", "a.o", "a.c"}).Kind,
            CommandKind::C);
  EXPECT_EQ(parse({"-D__KERNEL__", "-c", "-o", "a.o", "a.S"}).Kind,
            CommandKind::Assembly);
  // Host programs, probes, asm-offsets, preprocessing, links.
  EXPECT_EQ(parse({"-c", "-o", "a.o", "a.c"}).Kind, CommandKind::PassThrough);
  EXPECT_EQ(
      parse({"-D__KERNEL__", "-c", "-x", "c", "/dev/null", "-o", "t.o"}).Kind,
      CommandKind::PassThrough);
  EXPECT_EQ(parse({"-D__KERNEL__", "-S", "-o", "a.s", "a.c"}).Kind,
            CommandKind::PassThrough);
  EXPECT_EQ(parse({"-D__KERNEL__", "-E", "-o", "a.lds", "a.lds.S"}).Kind,
            CommandKind::PassThrough);
  EXPECT_EQ(parse({"-D__KERNEL__", "-shared", "-o", "a.so", "a.o"}).Kind,
            CommandKind::PassThrough);
  EXPECT_EQ(parse({"--version"}).Kind, CommandKind::PassThrough);
}

TEST(CompilerCommand, IgnoresValuesThatLookLikeOperands) {
  CompilerCommand Command = parse({"-meabi", "gnu", "-include", "b.c",
                                   "-D__KERNEL__", "-c", "-o", "a.o", "a.c"});
  EXPECT_EQ(Command.Kind, CommandKind::C);
  EXPECT_EQ(Command.Source, "a.c");
}

TEST(CompilerCommand, KnowsThePreprocessingOfKernelText) {
  EXPECT_TRUE(parse({"-D__KERNEL__", "-S", "-o", "a.s", "a.c"}).IsKernelSource);
  EXPECT_TRUE(parse({"-D__KERNEL__", "-E", "-x", "c", "-"}).IsKernelSource);
  EXPECT_FALSE(
      parse({"-D__KERNEL__", "-c", "-xc", "/dev/null"}).IsKernelSource);
}

TEST(CompilerCommand, FindsTheDependencyFile) {
  EXPECT_EQ(parse({"-Wp,-MMD,d/.a.o.d", "-o", "a.o", "a.c"}).DependencyFile,
            "d/.a.o.d");
  EXPECT_EQ(parse({"-Wp,-MD,d/.a.o.d", "-o", "a.o", "a.c"}).DependencyFile,
            "d/.a.o.d");
  EXPECT_EQ(parse({"-MMD", "-MF", "x.d", "-o", "a.o", "a.c"}).DependencyFile,
            "x.d");
  EXPECT_EQ(parse({"-MD", "-o", "d/a.o", "a.c"}).DependencyFile, "d/a.d");
  EXPECT_EQ(parse({"-o", "a.o", "a.c"}).DependencyFile, "");
}

TEST(CompilerCommand, KeepsWhatDecidesTheObjectFormat) {
  CompilerCommand Command =
      parse({"-target", "arm-linux-gnueabi", "-m32", "-mno-sse", "-mabi=lp64",
             "-mrecord-mcount", "-march=armv7-a"});
  std::vector<std::string> Expected = {"-target", "arm-linux-gnueabi", "-m32",
                                       "-mabi=lp64", "-march=armv7-a"};
  EXPECT_EQ(Command.AbiOptions, Expected);
}

TEST(CompilerCommand, NamesTheObjectBehindATemporaryOne) {
  EXPECT_EQ(finalObject("mm/.tmp_slab.o"), "mm/slab.o");
  EXPECT_EQ(finalObject(".tmp_slab.o"), "slab.o");
  EXPECT_EQ(finalObject("mm/slab.o"), "mm/slab.o");
}

TEST(CompilerCommand, MatchesPatternsLineByLine) {
  EXPECT_TRUE(matchesAnyPattern("arch/x86/vdso/a.o", "x\n*/vdso/*"));
  EXPECT_FALSE(matchesAnyPattern("arch/x86/a.o", "x\n*/vdso/*"));
  EXPECT_FALSE(matchesAnyPattern("a", ""));
}

TEST(CaptureLog, KeepsEveryByteOfAnArgument) {
  CommandRecord Record;
  Record.Kind = CommandKind::Assembly;
  Record.Fate = ObjectFate::Kept;
  Record.Directory = "/o";
  Record.Object = "a b.o";
  Record.Arguments = {"gcc", "", "-DX=\"a\nb\"", "\xff"};
  std::string Bytes = encodeRecord(Record) + encodeRecord(Record);
  std::vector<CommandRecord> Read = decodeRecords(Bytes);
  ASSERT_EQ(Read.size(), 2u);
  EXPECT_EQ(Read[1].Arguments, Record.Arguments);
  EXPECT_EQ(Read[1].Kind, CommandKind::Assembly);
  EXPECT_EQ(Read[1].Fate, ObjectFate::Kept);
  EXPECT_EQ(Read[1].Object, "a b.o");
}

TEST(CaptureLog, StopsAtARecordCutShort) {
  CommandRecord Record;
  Record.Object = "a.o";
  std::string Bytes = encodeRecord(Record);
  for (size_t Length = 0; Length < Bytes.size(); ++Length)
    EXPECT_EQ(decodeRecords(Bytes + Bytes.substr(0, Length)).size(), 1u);
  EXPECT_TRUE(decodeRecords("no log at all").empty());
}

TEST(EmptyObject, IsAnObjectWithoutSymbolsAndIsRecognised) {
  TestFolder Folder;
  std::string Bytes = emptyObjectBytes(
      Folder.path(""), {"clang-19", "--target=powerpc-linux-gnu"}, {});
  ASSERT_FALSE(Bytes.empty());
  std::string Path = Folder.path("a.o");
  EXPECT_EQ(objectState(Path), ObjectState::Absent);
  ASSERT_TRUE(writeEmptyObject(Path, Bytes));
  EXPECT_EQ(objectState(Path), ObjectState::Empty);

  auto Object = llvm::object::ObjectFile::createObjectFile(Path);
  ASSERT_TRUE(bool(Object)) << llvm::toString(Object.takeError());
  EXPECT_EQ(Object->getBinary()->getArch(), llvm::Triple::ppc);
  for (const auto &Symbol : Object->getBinary()->symbols())
    EXPECT_FALSE(llvm::cantFail(Symbol.getFlags()) &
                 llvm::object::SymbolRef::SF_Global);
}

TEST(EmptyObject, ARealObjectIsReal) {
  TestFolder Folder;
  std::string Path = Folder.path("a.o");
  ASSERT_TRUE(writeWholeFile(Path, "\177ELF and so on"));
  EXPECT_EQ(objectState(Path), ObjectState::Real);
  ASSERT_TRUE(writeWholeFile(Path, ""));
  EXPECT_EQ(objectState(Path), ObjectState::Absent);
}

TEST(EmptyObject, ARefusedOptionGivesNothing) {
  TestFolder Folder;
  EXPECT_TRUE(emptyObjectBytes(Folder.path(""), {"clang-19"},
                               {"-march=no-such-machine"})
                  .empty());
}
