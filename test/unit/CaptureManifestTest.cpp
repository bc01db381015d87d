#include "tool/capture/CaptureManifest.h"

#include "TestFolder.h"
#include "support/Files.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

CapturedTree sampleTree() {
  CapturedTree Tree;
  Tree.SourceRoot = "/src";
  Tree.ObjectRoot = "/obj";
  Tree.Kernel = "6.12.117";
  Tree.Arch = "x86_64";
  Tree.SrcArch = "x86";
  Tree.ConfigFile = "/obj/.config";
  Tree.Compiler = {"ccache", "clang-19"};
  Tree.Kind = CompilerKind::Clang;
  Tree.CompilerVersion = "clang version 19";
  Tree.IsComplete = false;
  Tree.Units = {{"/obj",
                 "/src/a.S",
                 "a.o",
                 {"gcc", "-c"},
                 UnitKind::Assembly,
                 Membership::Other,
                 "",
                 ""},
                {"/obj",
                 "/src/b.c",
                 "b.o",
                 {"gcc", "-DX=\"y\""},
                 UnitKind::C,
                 Membership::Builtin,
                 "__pi_",
                 "built-in.a"},
                {"/obj",
                 "/src/c.c",
                 "c.o",
                 {"gcc", "-DMODULE"},
                 UnitKind::C,
                 Membership::Module,
                 "",
                 ""}};
  Tree.WantedObjects = {"b.o", "lost.o"};
  return Tree;
}

std::string messageOf(const TestFolder &Folder) {
  llvm::Expected<CapturedTree> Tree = readCapturedTree(Folder.path(""));
  return Tree ? "" : llvm::toString(Tree.takeError());
}

void write(const TestFolder &Folder, llvm::StringRef Name,
           llvm::StringRef Text) {
  llvm::cantFail(writeFile(Folder.path(Name), Text));
}

} // namespace

TEST(CaptureManifest, ComesBackAsItWasWritten) {
  TestFolder Folder;
  CapturedTree Tree = sampleTree();
  ASSERT_FALSE(bool(writeCapturedTree(Tree, Folder.path(""))));
  llvm::Expected<CapturedTree> Read = readCapturedTree(Folder.path(""));
  ASSERT_TRUE(bool(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(Read->Kernel, Tree.Kernel);
  EXPECT_EQ(Read->Kind, Tree.Kind);
  EXPECT_EQ(Read->Compiler, Tree.Compiler);
  EXPECT_EQ(Read->IsComplete, false);
  EXPECT_EQ(Read->WantedObjects, Tree.WantedObjects);
  ASSERT_EQ(Read->Units.size(), 3u);
  for (size_t I = 0; I < 3; ++I) {
    EXPECT_EQ(Read->Units[I].File, Tree.Units[I].File);
    EXPECT_EQ(Read->Units[I].Arguments, Tree.Units[I].Arguments);
    EXPECT_EQ(Read->Units[I].Directory, Tree.Units[I].Directory);
    EXPECT_EQ(Read->Units[I].Kind, Tree.Units[I].Kind);
    EXPECT_EQ(Read->Units[I].Where, Tree.Units[I].Where);
    EXPECT_EQ(Read->Units[I].SymbolPrefix, Tree.Units[I].SymbolPrefix);
    EXPECT_EQ(Read->Units[I].PartOf, Tree.Units[I].PartOf);
  }
}

TEST(CaptureManifest, ShowsPathsRelativeToTheTree) {
  CapturedTree Tree = sampleTree();
  EXPECT_EQ(Tree.displayPath("/src/mm/slub.c"), "mm/slub.c");
  EXPECT_EQ(Tree.displayPath("/obj/include/x.h"), "include/x.h");
  EXPECT_EQ(Tree.displayPath("/usr/include/x.h"), "/usr/include/x.h");
}

TEST(CaptureManifest, SaysWhatIsMissingAndHowToMakeIt) {
  TestFolder Folder;
  std::string Message = messageOf(Folder);
  EXPECT_NE(Message.find("no compile database"), std::string::npos) << Message;
  EXPECT_NE(Message.find("bootorder capture"), std::string::npos) << Message;
}

TEST(CaptureManifest, SaysWhereADatabaseIsNotJson) {
  TestFolder Folder;
  write(Folder, "compile_commands.json", "[\n{]");
  std::string Message = messageOf(Folder);
  EXPECT_NE(Message.find("compile_commands.json:2:"), std::string::npos)
      << Message;
  EXPECT_NE(Message.find("bootorder capture"), std::string::npos) << Message;
}

TEST(CaptureManifest, RefusesAnotherVersion) {
  TestFolder Folder;
  write(Folder, "compile_commands.json", "[]");
  write(Folder, "capture.json", "{\"schema\": 2}");
  EXPECT_NE(messageOf(Folder).find("not a capture of this version"),
            std::string::npos);
}

TEST(CaptureManifest, DescribesAPlainDatabaseByItsTree) {
  TestFolder Folder;
  for (const char *Directory : {"kernel", "o"})
    ASSERT_FALSE(bool(makeFolder(Folder.path(Directory))));
  write(Folder, "Makefile",
        "VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 30\nEXTRAVERSION = -rc8\n");
  write(Folder, "Kconfig", "");
  write(Folder, "kernel/a.c", "");
  write(Folder, "o/.config", "");
  std::string Root = Folder.path("");
  write(Folder, "compile_commands.json",
        "[{\"directory\": \"" + Folder.path("o") + "\", \"file\": \"" +
            Folder.path("kernel/a.c") +
            "\", \"command\": \"gcc -I../arch/powerpc/include -DMODULE -c -o "
            "kernel/a.o ../kernel/a.c\"}]");
  llvm::Expected<CapturedTree> Tree = readCapturedTree(Root);
  ASSERT_TRUE(bool(Tree)) << llvm::toString(Tree.takeError());
  EXPECT_EQ(Tree->Kernel, "2.6.30-rc8");
  EXPECT_EQ(Tree->SrcArch, "powerpc");
  EXPECT_EQ(Tree->ConfigFile, Folder.path("o/.config"));
  EXPECT_EQ(Tree->Kind, CompilerKind::Gcc);
  ASSERT_EQ(Tree->Units.size(), 1u);
  EXPECT_EQ(Tree->Units[0].Output, "kernel/a.o");
  EXPECT_EQ(Tree->Units[0].Where, Membership::Module);
}
