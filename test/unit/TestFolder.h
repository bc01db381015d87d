#ifndef BOOTORDER_TEST_TESTFOLDER_H
#define BOOTORDER_TEST_TESTFOLDER_H

#include "support/Files.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <string>

namespace bootorder {

/// A folder for one test; gone when the test is over.
class TestFolder {
public:
  TestFolder() { llvm::sys::fs::createUniqueDirectory("bootorder-test", Root); }
  ~TestFolder() { llvm::sys::fs::remove_directories(Root); }
  TestFolder(const TestFolder &) = delete;
  TestFolder &operator=(const TestFolder &) = delete;

  std::string path(llvm::StringRef Name) const {
    llvm::SmallString<128> Path(Root);
    llvm::sys::path::append(Path, Name);
    return Path.str().str();
  }

  /// Writes a file, making the folders above it; returns its path.
  std::string write(llvm::StringRef Name, llvm::StringRef Content) const {
    std::string Path = path(Name);
    llvm::cantFail(makeFolder(llvm::sys::path::parent_path(Path)));
    llvm::cantFail(writeFile(Path, Content));
    return Path;
  }

  /// \p Text with this folder's path taken out: "<root>/a.yaml" -> "a.yaml".
  std::string strip(std::string Text) const {
    std::string Prefix = (Root + "/").str();
    for (size_t At = Text.find(Prefix); At != std::string::npos;
         At = Text.find(Prefix))
      Text.erase(At, Prefix.size());
    return Text;
  }

private:
  llvm::SmallString<128> Root;
};

} // namespace bootorder

#endif // BOOTORDER_TEST_TESTFOLDER_H
