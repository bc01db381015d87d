#include "store/CacheInputs.h"
#include "store/FileMemo.h"

#include "TestFolder.h"
#include "gtest/gtest.h"

using namespace bootorder;
using llvm::StringRef;

namespace {

CacheVariant sampleVariant() {
  CacheVariant V;
  V.Inputs.Files = {{"/usr/a.h", PathRoot::Outside, InputKind::Content, 7},
                    {"include/b.h", PathRoot::Source, InputKind::Absent, 0},
                    {"include/c.h", PathRoot::Object, InputKind::Present, 0}};
  V.Inputs.State = {1, 2};
  V.Entry = {3, 4};
  V.Roots = {5, 6};
  return V;
}

TEST(CacheInputs, AManifestComesBackWhole) {
  std::string Body = encodeManifest({sampleVariant(), CacheVariant()});
  auto Variants = decodeManifest(Body);
  ASSERT_TRUE(Variants);
  ASSERT_EQ(Variants->size(), 2u);
  const CacheVariant &V = Variants->front();
  CacheVariant Expected = sampleVariant();
  ASSERT_EQ(V.Inputs.Files.size(), 3u);
  for (size_t I = 0; I != 3; ++I) {
    EXPECT_EQ(V.Inputs.Files[I], Expected.Inputs.Files[I]);
    EXPECT_EQ(V.Inputs.Files[I].Kind, Expected.Inputs.Files[I].Kind);
    EXPECT_EQ(V.Inputs.Files[I].Fingerprint,
              Expected.Inputs.Files[I].Fingerprint);
  }
  EXPECT_EQ(V.Inputs.State, Expected.Inputs.State);
  EXPECT_EQ(V.Entry, Expected.Entry);
  EXPECT_EQ(V.Roots, Expected.Roots);
}

TEST(CacheInputs, NonsenseIsNoManifest) {
  std::string Body = encodeManifest({sampleVariant()});
  EXPECT_FALSE(decodeManifest(""));
  EXPECT_FALSE(decodeManifest("nonsense that is long enough to be read"));
  for (size_t Size = 0; Size < Body.size(); Size += 3)
    EXPECT_FALSE(decodeManifest(StringRef(Body).take_front(Size)));
}

/// Sealed files are checksummed; this is for what a checksum cannot see.
TEST(CacheInputs, DamageNeverReachesOutOfTheBody) {
  std::string Body = encodeManifest({sampleVariant()});
  size_t Accepted = 0, PathBytes = 0;
  for (size_t I = 0; I != Body.size(); ++I)
    for (unsigned Bit = 0; Bit != 8; ++Bit) {
      // FlatBuffers wants the alignment that files are read with.
      auto Bad = std::make_unique<uint64_t[]>(Body.size() / 8 + 1);
      char *Bytes = reinterpret_cast<char *>(Bad.get());
      std::copy(Body.begin(), Body.end(), Bytes);
      Bytes[I] ^= 1 << Bit;
      auto Variants = decodeManifest(StringRef(Bytes, Body.size()));
      Accepted += Variants.has_value();
      if (Variants)
        for (const CacheVariant &V : *Variants)
          for (const Input &File : V.Inputs.Files)
            PathBytes += File.Path.str().size();
    }
  EXPECT_GT(Accepted, 0u) << "a digest may be any number";
  EXPECT_GT(PathBytes, 0u);
}

TEST(CacheInputs, TheStateDependsOnKindContentAndOrder) {
  auto StateOf = [](std::vector<std::pair<InputKind, Digest>> Inputs) {
    InputState State;
    for (auto [Kind, Content] : Inputs)
      State.add(Kind, Content);
    return State.take();
  };
  Digest A = digestOf("a"), B = digestOf("b");
  Digest State = StateOf({{InputKind::Content, A}, {InputKind::Content, B}});
  EXPECT_NE(State, StateOf({{InputKind::Content, B}, {InputKind::Content, A}}));
  EXPECT_NE(State, StateOf({{InputKind::Content, A}, {InputKind::Absent, {}}}));
  EXPECT_NE(StateOf({{InputKind::Present, {}}}),
            StateOf({{InputKind::Absent, {}}}));
}

constexpr int64_t Second = 1000000000;

TEST(FileMemo, RemembersAFileWithItsStamp) {
  FileMemo Memo;
  FileStamp Stamp = {10, 20, 30 * Second, 31 * Second};
  Memo.add("/a.h", Stamp, digestOf("a"), 100 * Second);
  auto Back = FileMemo::decode(Memo.encode());
  ASSERT_TRUE(Back);
  EXPECT_EQ(Back->find("/a.h", Stamp), digestOf("a"));
  EXPECT_FALSE(Back->isChanged());
  EXPECT_FALSE(Back->find("/b.h", Stamp));
  for (FileStamp Other : {FileStamp{11, 20, 30 * Second, 31 * Second},
                          FileStamp{10, 21, 30 * Second, 31 * Second},
                          FileStamp{10, 20, 30 * Second + 1, 31 * Second},
                          FileStamp{10, 20, 30 * Second, 31 * Second + 1}})
    EXPECT_FALSE(Back->find("/a.h", Other));
}

TEST(FileMemo, AFileWrittenJustNowIsReadAgain) {
  FileMemo Memo;
  FileStamp Stamp = {10, 20, 30 * Second, 30 * Second};
  Memo.add("/a.h", Stamp, digestOf("a"), 31 * Second);
  EXPECT_FALSE(Memo.find("/a.h", Stamp)) << "the clock may be this coarse";
  EXPECT_FALSE(Memo.isChanged());
  // A clock that is behind the file system's is no reason to trust more.
  Memo.add("/a.h", Stamp, digestOf("a"), 20 * Second);
  EXPECT_FALSE(Memo.find("/a.h", Stamp));
}

TEST(FileMemo, AStampTellsFilesFromFolders) {
  TestFolder Disk;
  std::string File = Disk.write("a.h", "text");
  bool IsFolder = true;
  auto Stamp = stampOf(File.c_str(), IsFolder);
  ASSERT_TRUE(Stamp);
  EXPECT_EQ(Stamp->Size, 4u);
  EXPECT_FALSE(IsFolder);
  EXPECT_FALSE(stampOf(Disk.path(".").c_str(), IsFolder));
  EXPECT_TRUE(IsFolder);
  EXPECT_FALSE(stampOf(Disk.path("none").c_str(), IsFolder));
  EXPECT_FALSE(IsFolder);
}

} // namespace
