#include "tool/capture/Cleanup.h"
#include "tool/capture/CommandFile.h"
#include "tool/capture/KbuildTable.h"
#include "tool/capture/KbuildView.h"
#include "tool/capture/MakeCommand.h"
#include "tool/capture/Membership.h"
#include "tool/capture/ShadowTree.h"
#include "tool/capture/standin/EmptyObject.h"

#include "TestFolder.h"
#include "support/Files.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"
#include <sys/stat.h>

using namespace bootorder;

namespace {

using Words = std::vector<std::string>;

void write(const TestFolder &Folder, llvm::StringRef Name,
           llvm::StringRef Text) {
  llvm::cantFail(writeFile(Folder.path(Name), Text));
}

bool exists(const TestFolder &Folder, llvm::StringRef Name) {
  return llvm::sys::fs::exists(Folder.path(Name));
}

} // namespace

TEST(MakeCommand, IsTakenApart) {
  llvm::Expected<MakeCommand> Command = parseMakeCommand(
      {"make", "-C", "tree", "-j", "4", "ARCH=arm", "O=../o", "-k", "vmlinux"},
      "/home");
  ASSERT_TRUE(bool(Command));
  EXPECT_EQ(Command->Directory, "/home/tree");
  EXPECT_EQ(Command->Options, (Words{"-j", "4", "-k"}));
  EXPECT_TRUE(Command->HasJobs);
  EXPECT_EQ(Command->Goals, (Words{"vmlinux"}));
  EXPECT_EQ(Command->variable("ARCH"), "arm");
  Command->setVariable("ARCH", "x86");
  EXPECT_EQ(Command->words({"all"}),
            (Words{"make", "-C", "/home/tree", "-j", "4", "-k", "O=../o",
                   "ARCH=x86", "all"}));
}

TEST(MakeCommand, MustBeMake) {
  llvm::Expected<MakeCommand> Command = parseMakeCommand({"ls"}, "/");
  ASSERT_FALSE(bool(Command));
  EXPECT_NE(llvm::toString(Command.takeError()).find("'ls' is not make"),
            std::string::npos);
}

TEST(KbuildView, TakesTheAnswerThatKnowsItsGoals) {
  llvm::Expected<KbuildView> View = parseKbuildAnswer(
      "bootorder-answer:SRCARCH=\nbootorder-answer:build-dir=\nnoise\n"
      "bootorder-answer:SRCARCH=x86\nbootorder-answer:CC=ccache gcc\n"
      "bootorder-answer:KBUILD_VMLINUX_OBJS=./built-in.a\n"
      "bootorder-answer:KBUILD_VMLINUX_LIBS=lib/lib.a\n"
      "bootorder-answer:build-dir=.\n");
  ASSERT_TRUE(bool(View));
  EXPECT_EQ(View->SrcArch, "x86");
  EXPECT_EQ(View->Compiler, "ccache gcc");
  EXPECT_EQ(View->Goals, (Words{"."}));
  EXPECT_EQ(View->LinkRoots, (Words{"./built-in.a", "lib/lib.a"}));
  EXPECT_FALSE(bool(parseKbuildAnswer("")) ? true : false);
}

TEST(CommandFile, ReadsBothSpellings) {
  for (const char *Text : {"cmd_a/b.o := gcc -DX='$(pound)' -c\n\nrest",
                           "savedcmd_a/b.o := gcc -DX='\\#' -c\n"}) {
    std::optional<SavedCommand> Saved = parseSavedCommand(Text);
    ASSERT_TRUE(Saved);
    EXPECT_EQ(Saved->Target, "a/b.o");
    EXPECT_EQ(shellWords(Saved->Command), (Words{"gcc", "-DX=#", "-c"}));
  }
  EXPECT_FALSE(parseSavedCommand("deps_config := x"));
  EXPECT_EQ(commandFileOf("a/b.o"), "a/.b.o.cmd");
}

TEST(CommandFile, FindsTheInputsOfArchives) {
  SavedCommand Thin{"d/built-in.a", "rm -f d/built-in.a;  printf \"d/%s \" a.o "
                                    "e/built-in.a | xargs ar cDPrST "
                                    "d/built-in.a"};
  EXPECT_EQ(objectInputs(Thin, "/o"), (Words{"d/a.o", "d/e/built-in.a"}));
  SavedCommand Linked{"./x.o", "ld -r -o ./x.o ./a.o /o/b.o ; true x.o"};
  EXPECT_EQ(objectInputs(Linked, "/o"), (Words{"a.o", "b.o"}));
}

TEST(CommandFile, ReadsListsOfObjectsFromFilesOnly) {
  TestFolder Folder;
  write(Folder, "list", "a.o\nnotes.txt\nb.o\n");
  // A pipe is waited for, a device may never end: they count as absent.
  ASSERT_EQ(mkfifo(Folder.path("pipe").c_str(), 0600), 0);
  SavedCommand Linked{"x.o", "ld -r -o x.o @list @pipe @/dev/full @. @gone "
                             "c.o"};
  EXPECT_EQ(objectInputs(Linked, Folder.path("")),
            (Words{"a.o", "b.o", "c.o"}));
}

TEST(Membership, FollowsKbuildsListsThroughObjcopy) {
  TestFolder Folder;
  for (const char *Name : {"m", "pi"})
    ASSERT_FALSE(bool(makeFolder(Folder.path(Name))));
  write(Folder, ".built-in.a.cmd",
        "cmd_built-in.a := ar cDPrST built-in.a a.o pi/b.pi.o gone.o");
  write(Folder, "pi/.b.pi.o.cmd",
        "cmd_pi/b.pi.o := objcopy --prefix-symbols=__pi_ pi/b.o pi/b.pi.o");
  CapturedTree Tree;
  Tree.ObjectRoot = Folder.path("");
  for (const char *Object : {"a.o", "pi/b.o", "vdso.o", "m/m.o"}) {
    CapturedUnit Unit;
    Unit.Output = Object;
    Tree.Units.push_back(Unit);
  }
  Tree.Units[3].Arguments = {"-DMODULE"};
  assignMembership(Tree, {"./built-in.a"});
  EXPECT_EQ(Tree.Units[0].Where, Membership::Builtin);
  EXPECT_EQ(Tree.Units[0].PartOf, "built-in.a");
  EXPECT_EQ(Tree.Units[1].Where, Membership::Builtin);
  EXPECT_EQ(Tree.Units[1].SymbolPrefix, "__pi_");
  EXPECT_EQ(Tree.Units[2].Where, Membership::Other);
  EXPECT_EQ(Tree.Units[3].Where, Membership::Module);
  sortTree(Tree);
  EXPECT_EQ(Tree.WantedObjects, (Words{"a.o", "gone.o", "pi/b.o"}));
}

TEST(KbuildTable, TheShippedTableFitsOldAndNewKernels) {
  std::string File = BOOTORDER_SOURCE_DIR "/rules/kbuild/kbuild.yaml";
  std::string Text = llvm::cantFail(readFile(File));
  llvm::Expected<KbuildTable> Old =
      parseKbuildTable(Text, File, llvm::VersionTuple(2, 6, 30));
  ASSERT_TRUE(bool(Old)) << llvm::toString(Old.takeError());
  EXPECT_FALSE(Old->Edits.empty());
  EXPECT_FALSE(Old->Clang.Drop.empty());
  llvm::Expected<KbuildTable> New =
      parseKbuildTable(Text, File, llvm::VersionTuple(6, 12));
  ASSERT_TRUE(bool(New)) << llvm::toString(New.takeError());
  EXPECT_TRUE(New->Edits.empty());
  EXPECT_FALSE(New->RealObjects.empty());
}

TEST(ShadowTree, LinksAllButTheEditedFiles) {
  TestFolder Source, Place;
  for (const char *Name : {"kernel", "mm", "include/config"})
    ASSERT_FALSE(bool(makeFolder(Source.path(Name))));
  write(Source, "kernel/timeconst.pl", "if (!defined(@val)) {\nx\n");
  write(Source, "kernel/fork.c", "");
  write(Source, "mm/slab.c", "");
  write(Source, ".config", "");
  TextEdit Edit{
      {"kernel/timeconst.pl", "absent"}, "defined\\((@[a-z]+)\\)", "\\1", ""};
  llvm::Expected<std::vector<EditedFile>> Files =
      applyEdits(Source.path(""), {Edit});
  ASSERT_TRUE(bool(Files));
  ASSERT_EQ(Files->size(), 1u);
  EXPECT_EQ((*Files)[0].Text, "if (!@val) {\nx\n");
  // Twice: an older shadow is replaced, and the source survives that.
  for (int Round = 0; Round < 2; ++Round)
    ASSERT_FALSE(
        bool(makeShadowTree(Source.path(""), *Files, Place.path("s"))));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(Place.path("s/mm")));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(Place.path("s/kernel/fork.c")));
  EXPECT_EQ(readWholeFile(Place.path("s/kernel/timeconst.pl")),
            "if (!@val) {\nx\n");
  EXPECT_FALSE(exists(Place, "s/.config"));
  EXPECT_FALSE(exists(Place, "s/include/config"));
  EXPECT_TRUE(exists(Source, "mm/slab.c"));
}

TEST(Cleanup, RemovesWhatIsEmptyAndWhatWasMadeOfIt) {
  TestFolder Tree, State;
  ASSERT_FALSE(bool(makeFolder(Tree.path("d"))));
  ASSERT_FALSE(bool(makeFolder(State.path("saved"))));
  ASSERT_TRUE(writeEmptyObject(Tree.path("d/a.o"), "ELF"));
  write(Tree, "d/.a.o.cmd", "cmd_d/a.o := /b/cc -c");
  write(Tree, "d/built-in.a", "!<thin>");
  write(Tree, "d/.built-in.a.cmd", "cmd_d/built-in.a := ar d/built-in.a d/a.o");
  write(Tree, "built-in.a", "!<thin>");
  write(Tree, ".built-in.a.cmd",
        "cmd_built-in.a := ar built-in.a d/built-in.a");
  write(Tree, "real.o", "ELF");
  write(Tree, ".real.o.cmd", "cmd_real.o := /b/cc -c");
  write(Tree, "vdso.o", "ELF");
  write(Tree, ".vdso.o.cmd", "cmd_vdso.o := /b/cc -c");
  write(State, "saved/real.o", "cmd_real.o := gcc -c");
  llvm::Expected<CleanupOutcome> Done =
      cleanUp({Tree.path(""), State.path(""), {{"/b/cc", "gcc"}}, ""});
  ASSERT_TRUE(bool(Done)) << llvm::toString(Done.takeError());
  EXPECT_EQ(Done->EmptyObjects, 1u);
  EXPECT_TRUE(Done->SavedSources.empty());
  for (const char *Gone :
       {"d/a.o", "d/.a.o.cmd", "d/built-in.a", "built-in.a", ".built-in.a.cmd"})
    EXPECT_FALSE(exists(Tree, Gone)) << Gone;
  EXPECT_TRUE(exists(Tree, "real.o"));
  EXPECT_EQ(readWholeFile(Tree.path(".real.o.cmd")), "cmd_real.o := gcc -c");
  EXPECT_EQ(readWholeFile(Tree.path(".vdso.o.cmd")), "cmd_vdso.o := gcc -c");
}

TEST(Cleanup, KeepsACopyOfASourceMadeOfEmptyObjects) {
  TestFolder Tree, State, Copies;
  ASSERT_FALSE(bool(makeFolder(Tree.path("d"))));
  ASSERT_TRUE(writeEmptyObject(Tree.path("d/a.tmp.o"), "ELF"));
  write(Tree, "d/.a.tmp.o.cmd", "cmd_d/a.tmp.o := ld -r -o d/a.tmp.o d/a.o");
  write(Tree, "d/reloc.S", ".long 0\n");
  write(Tree, "d/.reloc.S.cmd", "cmd_d/reloc.S := d/gen d/a.tmp.o > d/reloc.S");
  llvm::Expected<CleanupOutcome> Done =
      cleanUp({Tree.path(""), State.path(""), {}, Copies.path("")});
  ASSERT_TRUE(bool(Done)) << llvm::toString(Done.takeError());
  EXPECT_EQ(Done->SavedSources, (Words{"d/reloc.S"}));
  EXPECT_FALSE(exists(Tree, "d/reloc.S"));
  EXPECT_EQ(readWholeFile(Copies.path("d/reloc.S")), ".long 0\n");
}

TEST(CapturedTree, AUnitFollowsItsSource) {
  CapturedTree Tree;
  Tree.Units.resize(2);
  for (CapturedUnit &Unit : Tree.Units) {
    Unit.Directory = "/o";
    Unit.File = "/o/d/reloc.S";
    Unit.Arguments = {"cc", "-Id/reloc.S", "-c", "d/reloc.S"};
  }
  Tree.Units[1].File = "/o/d/other.S";
  replaceSource(Tree, "/o/d/reloc.S", "/c/generated/d/reloc.S");
  EXPECT_EQ(Tree.Units[0].File, "/c/generated/d/reloc.S");
  EXPECT_EQ(Tree.Units[0].Arguments,
            (Words{"cc", "-Id/reloc.S", "-c", "/c/generated/d/reloc.S"}));
  EXPECT_EQ(Tree.Units[1].Arguments.back(), "d/reloc.S");
}
