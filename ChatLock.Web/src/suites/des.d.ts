/** The part of des.js that is used; the library brings no types. */
declare module "des.js" {
    interface Cipher {
        update(data: ArrayLike<number>): number[];
        final(): number[];
    }
    export const DES: {
        create(options: {
            type: "encrypt" | "decrypt";
            key: ArrayLike<number>;
            /** False for whole blocks as they are; otherwise PKCS#7. */
            padding?: boolean;
        }): Cipher;
    };
}
