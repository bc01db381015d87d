#include "tool/capture/ResponseFiles.h"

#include "TestFolder.h"
#include "support/Files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace bootorder {
namespace {

class ResponseFilesTest : public testing::Test {
protected:
  std::string path(StringRef Name) const { return Folder.path(Name); }
  void write(StringRef Name, StringRef Text) {
    cantFail(writeFile(path(Name), Text));
  }
  std::string expand() {
    return expandResponseFiles(Arguments, Folder.path(""), Files);
  }

  TestFolder Folder;
  std::vector<std::string> Arguments;
  std::vector<std::string> Files;
};

TEST_F(ResponseFilesTest, WordsStandInTheFilesPlace) {
  write("a.rsp", "-DA @b.rsp '-DC=c d'\n");
  write("b.rsp", "-DB\n\t-I \"x y\" -DE=\\\"\\\"");
  Arguments = {"cc", "@a.rsp", "-c"};
  EXPECT_EQ(expand(), "");
  EXPECT_THAT(Arguments, ElementsAre("cc", "-DA", "-DB", "-I", "x y",
                                     "-DE=\"\"", "-DC=c d", "-c"));
  EXPECT_THAT(Files, ElementsAre(path("a.rsp"), path("b.rsp")));
}

TEST_F(ResponseFilesTest, ValueThatNamesNoFileStandsForItself) {
  Arguments = {"cc", "-o", "@out", "-c", "a@b", "@"};
  std::vector<std::string> Before = Arguments;
  EXPECT_EQ(expand(), "");
  EXPECT_EQ(Arguments, Before);
  EXPECT_THAT(Files, IsEmpty());
}

TEST_F(ResponseFilesTest, MissingFileLeavesTheCommandAsItWas) {
  write("a.rsp", "-DA @gone.rsp");
  Arguments = {"cc", "@a.rsp"};
  EXPECT_THAT(expand(), HasSubstr("'" + path("gone.rsp") + "'"));
  EXPECT_THAT(Arguments, ElementsAre("cc", "@a.rsp"));
  EXPECT_THAT(Files, ElementsAre(path("a.rsp"), path("gone.rsp")));
}

TEST_F(ResponseFilesTest, LoopEnds) {
  write("a.rsp", "@b.rsp");
  write("b.rsp", "@a.rsp");
  Arguments = {"cc", "@a.rsp"};
  EXPECT_THAT(expand(), HasSubstr("include each other too deeply"));
}

// Thirty levels of two would be a thousand million words.
TEST_F(ResponseFilesTest, FilesThatDoubleAreRefused) {
  for (unsigned Level = 0; Level != MaxResponseDepth - 2; ++Level) {
    std::string Next = "@" + std::to_string(Level + 1) + ".rsp ";
    write(std::to_string(Level) + ".rsp", Next + Next);
  }
  write(std::to_string(MaxResponseDepth - 2) + ".rsp", "-DA");
  Arguments = {"cc", "@0.rsp"};
  EXPECT_THAT(expand(), HasSubstr("are too large"));
  EXPECT_LT(Files.size(), 100000u);
}

TEST_F(ResponseFilesTest, FileOfManyMegabytesIsRefused) {
  write("a.rsp", std::string(MaxResponseBytes + 1, ' '));
  Arguments = {"cc", "@a.rsp"};
  EXPECT_THAT(expand(), HasSubstr("cannot read"));
}

} // namespace
} // namespace bootorder
