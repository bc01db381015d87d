#include "support/Installation.h"

#include "TestFolder.h"
#include "support/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <gtest/gtest.h>

using namespace bootorder;

namespace {

TEST(Installation, LeadsFromOnePartToTheOthers) {
  EXPECT_EQ(installedRulesFolder("/opt/bo/bin"),
            "/opt/bo/share/bootorder/rules");
  EXPECT_EQ(programFolderOfModule("/opt/bo/lib"), "/opt/bo/bin");
}

TEST(Installation, FindsTheStandInOfABuildTree) {
  TestFolder Folder;
  std::string Program = Folder.path("libexec/bootorder/bootorder-cc");
  ASSERT_FALSE(
      llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Program)));
  llvm::cantFail(writeFile(Program, "#!/bin/sh\n"));
  ASSERT_FALSE(llvm::sys::fs::setPermissions(Program, llvm::sys::fs::all_all));
  EXPECT_EQ(llvm::cantFail(findStandIn(Folder.path("bin"))), Program);
}

TEST(Installation, SaysThatTheStandInIsMissing) {
  TestFolder Folder;
  std::string Message =
      llvm::toString(findStandIn(Folder.path("bin")).takeError());
  EXPECT_NE(Message.find("libexec/bootorder/bootorder-cc', which records"),
            std::string::npos)
      << Message;
}

TEST(Installation, KnowsTheFolderOfTheRunningProgram) {
  std::string Folder = programFolder();
  EXPECT_TRUE(llvm::sys::path::is_absolute(Folder));
  EXPECT_TRUE(llvm::sys::fs::is_directory(Folder));
}

} // namespace
