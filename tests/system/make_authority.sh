#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make_authority.sh FOLDER: a certificate authority, a time-stamping authority and a signer for tests, made by openssl.
#   ca.pem other.pem   two authorities; tsa and signer lead to the first
#   tsa.cnf            for `openssl ts -reply -config tsa.cnf -queryfile X.tsq -out X.tsr`, run in FOLDER
#   signer.pem .key    for `openssl cms -sign -binary -signer signer.pem -inkey signer.key`
set -e
mkdir -p "$1"
cd "$1"
key="-newkey rsa:2048 -nodes"
openssl req -x509 $key -keyout ca.key -out ca.pem -subj "/CN=Test CA" -days 3650 2>/dev/null
openssl req -x509 $key -keyout other.key -out other.pem -subj "/CN=Other CA" -days 3650 2>/dev/null
printf 'extendedKeyUsage=critical,timeStamping\n' > tsa.ext
printf 'extendedKeyUsage=emailProtection\n' > signer.ext
for name in tsa signer; do
  openssl req $key -keyout $name.key -out $name.csr -utf8 -subj "/O=Essai été/CN=Test $name" 2>/dev/null
  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $name.pem -extfile $name.ext \
    -days 3650 2>/dev/null
done
echo 01 > serial
cat > tsa.cnf <<'END'
[tsa]
default_tsa = test
[test]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
END
