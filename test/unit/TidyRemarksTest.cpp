//===- TidyRemarksTest.cpp - what is said once ----------------------------===//

#include "tidy/Remarks.h"

#include "TestFolder.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// Words of a process, as the system has them.
std::string commandLine(const std::vector<std::string> &Words) {
  std::string Line;
  for (const std::string &Word : Words)
    Line += Word + '\0';
  return Line;
}

TEST(Remarks, ProgramsThatStartClangTidyAreKnown) {
  EXPECT_TRUE(startsClangTidy(
      commandLine({"python3", "/usr/bin/run-clang-tidy-19", "-p", "."})));
  EXPECT_TRUE(startsClangTidy(commandLine({"./clang-tidy-diff.py", "-p1"})));
  EXPECT_FALSE(startsClangTidy(commandLine({"bash"})));
  EXPECT_FALSE(startsClangTidy(commandLine({"vim", "mm/run-clang.c"})));
  EXPECT_FALSE(
      startsClangTidy(commandLine({"less", "-R", "run-clang-tidy.log"})));
  EXPECT_FALSE(startsClangTidy(""));
}

TEST(Remarks, OneProcessSaysEachOnce) {
  SaidList Said("");
  EXPECT_TRUE(Said.isNews("no map"));
  EXPECT_FALSE(Said.isNews("no map"));
  EXPECT_TRUE(Said.isNews("no tree"));
}

TEST(Remarks, ProcessesWithOneListSayEachOnce) {
  TestFolder Folder;
  SaidList First(Folder.path("list")), Second(Folder.path("list"));
  EXPECT_TRUE(First.isNews("no map"));
  EXPECT_FALSE(Second.isNews("no map"));
  EXPECT_TRUE(Second.isNews("no tree"));
  EXPECT_FALSE(First.isNews("no tree"));
  EXPECT_TRUE(SaidList(Folder.path("other")).isNews("no map"));
}

TEST(Remarks, AListThatCannotBeWrittenKeepsNothingSilent) {
  TestFolder Folder;
  for (int Process = 0; Process < 2; ++Process)
    EXPECT_TRUE(SaidList(Folder.path("none/list")).isNews("no map"));
}

} // namespace
