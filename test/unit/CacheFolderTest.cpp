#include "store/CacheFolder.h"

#include "TestFolder.h"
#include "gmock/gmock.h"
#include <thread>
#include <unistd.h>

using namespace bootorder;
using llvm::StringRef;
using testing::HasSubstr;
namespace fs = llvm::sys::fs;

namespace {

const Digest Name = digestOf("a name");

std::string bodyOf(CacheFolder &Folder, Digest Of = Name,
                   CacheKind Kind = CacheKind::Entry) {
  std::optional<CacheBody> Body = Folder.read(Kind, Of);
  return Body ? Body->Bytes.str() : "none";
}

bool put(CacheFolder &Folder, StringRef Body, Digest Under = Name) {
  return Folder.write(CacheKind::Entry, Under,
                      sealCacheFile(CacheKind::Entry, Under, Body));
}

std::string placeOf(const TestFolder &Folder, Digest Of) {
  std::string Hex = Of.hex();
  return Folder.path("v1/entries/" + Hex.substr(0, 2) + "/" + Hex);
}

void setAge(StringRef File, std::chrono::hours Age) {
  int Descriptor = -1;
  ASSERT_FALSE(fs::openFileForWrite(File, Descriptor, fs::CD_OpenExisting,
                                    fs::OF_Append));
  fs::setLastAccessAndModificationTime(Descriptor,
                                       std::chrono::system_clock::now() - Age);
  ::close(Descriptor);
}

TEST(CacheFile, ComesBackWhole) {
  for (const std::string &Text :
       {std::string(), std::string("x"), std::string(100000, 'y')}) {
    std::string File = sealCacheFile(CacheKind::Entry, Name, Text);
    std::optional<CacheBody> Body = openCacheFile(CacheKind::Entry, Name, File);
    ASSERT_TRUE(Body);
    EXPECT_EQ(Body->Bytes, Text);
  }
}

TEST(CacheFile, EveryFlippedBitIsAMiss) {
  std::string File = sealCacheFile(CacheKind::Entry, Name, "facts of a unit");
  for (size_t I = 0; I != File.size(); ++I)
    for (unsigned Bit = 0; Bit != 8; ++Bit) {
      std::string Bad = File;
      Bad[I] ^= 1 << Bit;
      EXPECT_FALSE(openCacheFile(CacheKind::Entry, Name, Bad))
          << "byte " << I << ", bit " << Bit;
    }
}

TEST(CacheFile, EveryCutAndEveryTailIsAMiss) {
  std::string File = sealCacheFile(CacheKind::Entry, Name, "facts of a unit");
  for (size_t Size = 0; Size != File.size(); ++Size)
    EXPECT_FALSE(openCacheFile(CacheKind::Entry, Name,
                               StringRef(File).take_front(Size)));
  EXPECT_FALSE(openCacheFile(CacheKind::Entry, Name, File + '\0'));
}

TEST(CacheFile, OneOfAnotherNameOrKindIsForeign) {
  std::string File = sealCacheFile(CacheKind::Entry, Name, "facts");
  EXPECT_FALSE(openCacheFile(CacheKind::Entry, digestOf("other"), File));
  EXPECT_FALSE(openCacheFile(CacheKind::Tree, Name, File));
}

TEST(CacheFolder, KeepsWhatWasWritten) {
  TestFolder Disk;
  CacheFolder Folder(Disk.path("."));
  EXPECT_EQ(bodyOf(Folder), "none");
  EXPECT_TRUE(put(Folder, "one"));
  EXPECT_EQ(bodyOf(Folder), "one");
  EXPECT_TRUE(put(Folder, "two"));
  EXPECT_EQ(bodyOf(Folder), "two");
  EXPECT_THAT(Folder.takeWarnings(), testing::IsEmpty());
}

TEST(CacheFolder, ADamagedFileIsRemovedWithOneWarning) {
  TestFolder Disk;
  CacheFolder Folder(Disk.path("cache"));
  Digest Other = digestOf("other");
  put(Folder, "one");
  put(Folder, "two", Other);
  for (Digest D : {Name, Other}) {
    std::string File =
        Disk.path("cache/v1/entries/" + D.hex().substr(0, 2) + "/" + D.hex());
    llvm::cantFail(writeFile(File, "BOCACHE\nnonsense"));
    EXPECT_EQ(bodyOf(Folder, D), "none");
    EXPECT_FALSE(fs::exists(File));
  }
  std::vector<std::string> Warnings = Folder.takeWarnings();
  ASSERT_EQ(Warnings.size(), 1u);
  EXPECT_THAT(Warnings[0], HasSubstr(std::min(Name, Other).hex()));
  EXPECT_THAT(Warnings[0], HasSubstr("(and 1 more) is damaged"));
  EXPECT_THAT(Folder.takeWarnings(), testing::IsEmpty());
}

TEST(CacheFolder, WhereNothingCanBeWrittenItSaysSoOnce) {
  TestFolder Disk;
  CacheFolder Folder(Disk.write("file", "no folder") + "/below");
  EXPECT_FALSE(put(Folder, "one"));
  EXPECT_FALSE(put(Folder, "two"));
  EXPECT_FALSE(Folder.hasWritten());
  std::vector<std::string> Warnings = Folder.takeWarnings();
  ASSERT_EQ(Warnings.size(), 1u);
  EXPECT_THAT(Warnings[0], HasSubstr("going on without"));
}

TEST(CacheFolder, WritersOfOneNameLeaveOneWholeFile) {
  TestFolder Disk;
  CacheFolder One(Disk.path("cache")), Two(Disk.path("cache"));
  std::string Long(1 << 16, 'l');
  auto WriteOften = [&](CacheFolder &Folder, const std::string &Body) {
    for (int I = 0; I != 200; ++I)
      EXPECT_TRUE(put(Folder, Body));
  };
  std::thread First([&] { WriteOften(One, Long); });
  std::thread Second([&] { WriteOften(Two, "short"); });
  for (int I = 0; I != 200; ++I) {
    std::string Body = bodyOf(One);
    EXPECT_TRUE(Body == "none" || Body == Long || Body == "short");
  }
  First.join();
  Second.join();
  EXPECT_THAT(One.takeWarnings(), testing::IsEmpty());
  EXPECT_EQ(One.usage()[unsigned(CacheKind::Entry)].Files, 1u);
}

TEST(CacheFolder, PruningTakesWhatWasNotUsedForLongest) {
  TestFolder Disk;
  CacheFolder Folder(Disk.path("."));
  std::vector<Digest> Names;
  for (int I = 0; I != 5; ++I) {
    Names.push_back(digestOf(std::to_string(I)));
    put(Folder, "body", Names[I]);
    setAge(placeOf(Disk, Names[I]), std::chrono::hours(24 * (5 - I)));
  }
  EXPECT_TRUE(Folder.touch(CacheKind::Entry, Names[0]));
  EXPECT_FALSE(Folder.touch(CacheKind::Entry, Names[0]))
      << "not within an hour";
  EXPECT_EQ(Folder.prune(2 * 4096), 3 * 4096u);
  EXPECT_EQ(bodyOf(Folder, Names[0]), "body");
  EXPECT_EQ(bodyOf(Folder, Names[1]), "none");
  EXPECT_EQ(bodyOf(Folder, Names[2]), "none");
  EXPECT_EQ(bodyOf(Folder, Names[3]), "none");
  EXPECT_EQ(bodyOf(Folder, Names[4]), "body");
}

TEST(CacheFolder, PruningTakesWhatDeadRunsLeft) {
  TestFolder Disk;
  CacheFolder Folder(Disk.path("."));
  put(Folder, "body");
  std::string Old = Disk.write("v1/entries/00/" + Name.hex() + ".0123.tmp", "");
  std::string New = Disk.write("v1/entries/00/" + Name.hex() + ".4567.tmp", "");
  std::string Foreign = Disk.write("v1/entries/00/readme", "mine");
  setAge(Old, std::chrono::hours(2));
  setAge(Foreign, std::chrono::hours(9999));
  Folder.prune(1 << 20);
  EXPECT_FALSE(fs::exists(Old));
  EXPECT_TRUE(fs::exists(New)) << "a run may be writing it";
  EXPECT_EQ(bodyOf(Folder), "body");
  Folder.prune(0);
  EXPECT_TRUE(fs::exists(Foreign));
  EXPECT_EQ(bodyOf(Folder), "none");
}

TEST(CacheFolder, ClearingLeavesWhatIsNotOfTheCache) {
  TestFolder Disk;
  CacheFolder Folder(Disk.path("cache"));
  put(Folder, "body");
  std::string Mine = Disk.write("cache/mine.txt", "keep");
  EXPECT_EQ(llvm::toString(Folder.clear()), "");
  EXPECT_EQ(bodyOf(Folder), "none");
  EXPECT_TRUE(fs::exists(Mine));
  EXPECT_FALSE(fs::exists(Disk.path("cache/v1")));
}

TEST(CacheFolder, ClearingRefusesAFolderThatIsNoCache) {
  TestFolder Disk;
  std::string Mine = Disk.write("home/v1/entries/thesis.txt", "mine");
  CacheFolder Folder(Disk.path("home"));
  EXPECT_THAT(llvm::toString(Folder.clear()), HasSubstr("is no cache"));
  EXPECT_TRUE(fs::exists(Mine));
}

} // namespace
