#include "tool/driver/SharedFiles.h"

#include "gtest/gtest.h"

using namespace bootorder;
using namespace llvm;

namespace {

/// Counts how often the disk is asked.
class CountingDisk : public vfs::ProxyFileSystem {
public:
  explicit CountingDisk(IntrusiveRefCntPtr<vfs::FileSystem> FS)
      : ProxyFileSystem(std::move(FS)) {}
  ErrorOr<vfs::Status> status(const Twine &Path) override {
    ++StatusCalls;
    return ProxyFileSystem::status(Path);
  }
  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    ++OpenCalls;
    return ProxyFileSystem::openFileForRead(Path);
  }
  int StatusCalls = 0, OpenCalls = 0;
};

class SharedFilesTest : public ::testing::Test {
protected:
  SharedFilesTest() {
    auto Memory = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
    Memory->addFile("/tree/include/a.h", 0,
                    MemoryBuffer::getMemBuffer("int a;"));
    Memory->addFile("/tree/main.c", 0, MemoryBuffer::getMemBuffer("int m;"));
    Disk = makeIntrusiveRefCnt<CountingDisk>(Memory);
    Files = std::make_shared<SharedFiles>(Disk);
  }

  std::string read(StringRef Directory, StringRef Path) {
    auto Buffer = SharedFiles::open(Files, Directory)->getBufferForFile(Path);
    return Buffer ? (*Buffer)->getBuffer().str() : "";
  }

  IntrusiveRefCntPtr<CountingDisk> Disk;
  std::shared_ptr<SharedFiles> Files;
};

} // namespace

TEST_F(SharedFilesTest, AHeaderIsReadOnceForAllViews) {
  EXPECT_EQ(read("/tree", "include/a.h"), "int a;");
  EXPECT_EQ(read("/tree", "./include/a.h"), "int a;");
  EXPECT_EQ(read("/tree/include", "a.h"), "int a;");
  EXPECT_EQ(Disk->OpenCalls, 1);
  EXPECT_EQ(Disk->StatusCalls, 1);
}

TEST_F(SharedFilesTest, ASourceIsNotKept) {
  EXPECT_EQ(read("/tree", "main.c"), "int m;");
  EXPECT_EQ(read("/tree", "main.c"), "int m;");
  EXPECT_EQ(Disk->OpenCalls, 2);
}

TEST_F(SharedFilesTest, AFailedLookUpIsRemembered) {
  auto View = SharedFiles::open(Files, "/tree");
  EXPECT_FALSE(View->status("include/none.h"));
  EXPECT_FALSE(View->openFileForRead("include/none.h"));
  EXPECT_EQ(Disk->StatusCalls, 1);
}

TEST_F(SharedFilesTest, TheStatusHasTheNameThatWasAsked) {
  auto View = SharedFiles::open(Files, "/tree");
  EXPECT_EQ(View->status("include/a.h")->getName(), "include/a.h");
  EXPECT_EQ(View->status("/tree/include/a.h")->getName(), "/tree/include/a.h");
}

TEST_F(SharedFilesTest, EveryViewHasItsOwnDirectory) {
  auto One = SharedFiles::open(Files, "/tree");
  auto Two = SharedFiles::open(Files, "/tree");
  EXPECT_FALSE(One->setCurrentWorkingDirectory("include"));
  EXPECT_TRUE(One->status("a.h"));
  EXPECT_FALSE(Two->status("a.h"));
}
