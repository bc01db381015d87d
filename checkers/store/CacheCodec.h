//===- CacheCodec.h - parts of cache.fbs, for this folder -----------------===//

#ifndef BOOTORDER_STORE_CACHECODEC_H
#define BOOTORDER_STORE_CACHECODEC_H

#include "store/CacheInputs.h"
#include "store/cache_generated.h"

namespace bootorder {

inline store::Digest encode(Digest D) { return {D.Low, D.High}; }
inline Digest decode(const store::Digest *D) {
  return D ? Digest{D->low(), D->high()} : Digest();
}

std::vector<store::Digest> encodeDigests(llvm::ArrayRef<Digest> Digests);
std::vector<Digest>
decodeDigests(const flatbuffers::Vector<const store::Digest *> *Digests);

flatbuffers::Offset<store::Inputs>
encodeInputs(const InputList &Inputs, flatbuffers::FlatBufferBuilder &Out);

/// None if the paths do not lie in their characters or are not in order.
std::optional<InputList> decodeInputs(const store::Inputs &Stored);

template <typename T>
std::string finishCacheRoot(flatbuffers::FlatBufferBuilder &Out,
                            flatbuffers::Offset<T> Content) {
  store::FinishCacheRootBuffer(
      Out, store::CreateCacheRoot(Out, store::CacheContentTraits<T>::enum_value,
                                  Content.Union()));
  return std::string(reinterpret_cast<const char *>(Out.GetBufferPointer()),
                     Out.GetSize());
}

/// The content of \p Body if it is a T and every offset in it is sound.
template <typename T> const T *cacheContent(llvm::StringRef Body) {
  flatbuffers::Verifier Verifier(Body.bytes_begin(), Body.size(),
                                 /*max_depth=*/16, /*max_tables=*/1u << 26);
  if (!store::VerifyCacheRootBuffer(Verifier))
    return nullptr;
  return store::GetCacheRoot(Body.data())->template content_as<T>();
}

} // namespace bootorder

#endif
