#include "TestFolder.h"
#include "support/Error.h"
#include "gtest/gtest.h"

using namespace bootorder;

static std::string textOf(llvm::Error E) {
  return E ? llvm::toString(std::move(E)) : "success";
}

TEST(Files, ReadBackWhatWasWritten) {
  TestFolder Folder;
  llvm::StringRef Bytes("a\r\n\0b", 5);
  std::string Path = Folder.write("a", Bytes);
  EXPECT_EQ(llvm::cantFail(readFile(Path)), Bytes);
}

TEST(Files, WritingReplacesAndLeavesNothingBeside) {
  TestFolder Folder;
  Folder.write("f/a", "old");
  Folder.write("f/a", "new");
  EXPECT_EQ(llvm::cantFail(readFile(Folder.path("f/a"))), "new");
  std::error_code Code;
  unsigned Count = 0;
  for (llvm::sys::fs::directory_iterator I(Folder.path("f"), Code), End;
       I != End; I.increment(Code))
    ++Count;
  EXPECT_EQ(Count, 1u);
}

TEST(Files, AMissingFileNamesPathAndRemedy) {
  TestFolder Folder;
  llvm::Expected<std::string> Content = readFile(Folder.path("a"));
  ASSERT_FALSE(bool(Content));
  EXPECT_EQ(Folder.strip(textOf(Content.takeError())),
            "cannot read 'a': no such file or directory; check the path");
}

TEST(Files, AFolderIsNoFile) {
  TestFolder Folder;
  llvm::cantFail(makeFolder(Folder.path("f")));
  llvm::Expected<std::string> Content = readFile(Folder.path("f"));
  ASSERT_FALSE(bool(Content));
  EXPECT_EQ(Folder.strip(textOf(Content.takeError())),
            "cannot read 'f': is a directory; name a file inside the folder");
}

TEST(Files, WritingIntoNoFolderNamesPathAndRemedy) {
  TestFolder Folder;
  EXPECT_EQ(Folder.strip(textOf(writeFile(Folder.path("f/a"), "x"))),
            "cannot write 'f/a': no such file or directory; check the path");
}

TEST(Files, AFileCannotBecomeAFolder) {
  TestFolder Folder;
  Folder.write("a", "x");
  EXPECT_EQ(Folder.strip(textOf(makeFolder(Folder.path("a/b")))),
            "cannot create folder 'a/b': not a directory");
}

TEST(Files, NoMoreIsReadThanIsAllowed) {
  TestFolder Folder;
  std::string Path = Folder.write("a", std::string(3 << 20, 'x'));
  EXPECT_EQ(llvm::cantFail(readFile(Path, 3 << 20)).size(), 3u << 20);
  constexpr char TooLarge[] =
      ": it is larger than 2 MiB, the most that is read; check that it is the "
      "file that was meant";
  EXPECT_EQ(Folder.strip(textOf(readFile(Path, 2 << 20).takeError())),
            std::string("cannot read 'a'") + TooLarge);
  // It says that its size is 0, and never ends.
  EXPECT_EQ(textOf(readFile("/dev/zero", 2 << 20).takeError()),
            std::string("cannot read '/dev/zero'") + TooLarge);
}
