// The words beside a sealed package, in both languages: whoever gets it has nothing of ours.

export const shareGuide = `この封筒の開き方

share.p7m は、合言葉で封をした文書です（CMS、RFC 5652・RFC 5083、AES-256）。文箱は要りません。合言葉は、この封筒とは別の道で受け取ってください。

1. OpenSSL 3.0 以上で封を開きます（合言葉を聞かれないので、次のとおり入れます）。
   openssl cms -decrypt -binary -inform DER -in share.p7m -pwri_password 合言葉 -out share.tar
2. 取り出します。
   tar -xf share.tar
3. share/data/index.html を開くと、文書を読めます。署名と経過は、share フォルダーの中の説明のとおりに確かめられます。

How to open this

share.p7m is a package sealed with a passphrase (CMS, RFC 5652 and RFC 5083, AES-256). Fumibako is not needed. Ask for the passphrase by another way than this one.

1. Open the seal with OpenSSL 3.0 or later:
   openssl cms -decrypt -binary -inform DER -in share.p7m -pwri_password PASSPHRASE -out share.tar
2. Unpack it:
   tar -xf share.tar
3. Open share/data/index.html to read the documents. Signatures and history are verified as described in the folder share.
`
