#include "support/Installation.h"

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
  EXPECT_EQ(standInProgram("/opt/bo/bin"),
            "/opt/bo/libexec/bootorder/bootorder-cc");
}

TEST(Installation, KnowsTheFolderOfTheRunningProgram) {
  std::string Folder = programFolder();
  EXPECT_TRUE(llvm::sys::path::is_absolute(Folder));
  EXPECT_TRUE(llvm::sys::fs::is_directory(Folder));
}

} // namespace
